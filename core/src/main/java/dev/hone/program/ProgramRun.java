package dev.hone.program;

import dev.hone.context.ContextKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One run of a program under a state, bound to the context of the run. */
record ProgramRun(Predictors predictors, ProgramState state, List<TraceStep> steps) {
  static final ContextKey<ProgramRun> KEY = ContextKey.named("program-frame");

  static ProgramRun of(Predictors predictors, ProgramState state) {
    return new ProgramRun(predictors, state, Collections.synchronizedList(new ArrayList<>()));
  }
}
