package dev.hone.program;

import dev.hone.context.Context;
import dev.hone.context.ContextKey;
import dev.hone.program.ProgramRunner.PartOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program under a state, bound to the context of the run. A compiled program within
 * another one is a run of its own, whose steps and outputs the outer run sees, too. Thread-safe.
 */
final class ProgramRun {
  static final ContextKey<ProgramRun> KEY = ContextKey.named("program-frame");

  private final Predictors predictors;
  private final ProgramState state;
  private final @Nullable ProgramRun outer;
  private final List<TraceStep> steps = Collections.synchronizedList(new ArrayList<>());
  private final List<TraceStep> allSteps = Collections.synchronizedList(new ArrayList<>());
  private final List<PartOutput> outputs = Collections.synchronizedList(new ArrayList<>());

  private ProgramRun(Predictors predictors, ProgramState state, @Nullable ProgramRun outer) {
    this.predictors = predictors;
    this.state = state;
    this.outer = outer;
  }

  /** A run within the one that is under way, if there is one. */
  static ProgramRun of(Predictors predictors, ProgramState state) {
    return new ProgramRun(predictors, state, Context.current().value(KEY).orElse(null));
  }

  Predictors predictors() {
    return predictors;
  }

  ProgramState state() {
    return state;
  }

  void add(TraceStep step) {
    steps.add(step);
    for (ProgramRun run = this; run != null; run = run.outer) {
      run.allSteps.add(step);
    }
  }

  void add(PartOutput output) {
    for (ProgramRun run = this; run != null; run = run.outer) {
      run.outputs.add(output);
    }
  }

  /** Whether the last output is this one of this program, which has noted it itself. */
  boolean endsWith(Object part, @Nullable Object output) {
    synchronized (outputs) {
      PartOutput last = outputs.isEmpty() ? null : outputs.get(outputs.size() - 1);
      return last != null && last.part() == part && last.output() == output;
    }
  }

  /** The steps of the program's own predictors. */
  List<TraceStep> steps() {
    return List.copyOf(steps);
  }

  /** The steps of all predictors, those of compiled programs within this one included. */
  List<TraceStep> allSteps() {
    return List.copyOf(allSteps);
  }

  /** What programs that Hone runs returned. */
  List<PartOutput> outputs() {
    return List.copyOf(outputs);
  }
}
