package dev.hone.program;

import dev.hone.context.ContextKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One run of a program under a state, bound to the context of the run. */
record Frame(Predictors predictors, ProgramState state, List<Step> steps) {
  static final ContextKey<Frame> KEY = ContextKey.named("program-frame");

  static Frame of(Predictors predictors, ProgramState state) {
    return new Frame(predictors, state, Collections.synchronizedList(new ArrayList<>()));
  }
}
