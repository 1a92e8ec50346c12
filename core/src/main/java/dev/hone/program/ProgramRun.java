package dev.hone.program;

import dev.hone.context.Context;
import dev.hone.context.ContextKey;
import dev.hone.lm.LmOptions;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.ProgramRunner.PartOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program under a state, bound to the context of the run. A compiled program within
 * another one is a run of its own, whose steps and outputs the outer run sees, too. Thread-safe.
 */
public final class ProgramRun {
  static final ContextKey<ProgramRun> KEY = ContextKey.named("program-frame");

  private final Predictors predictors;
  private final ProgramState state;
  private final @Nullable ProgramRun outer;
  private final List<TraceStep> steps = Collections.synchronizedList(new ArrayList<>());
  private final List<TraceStep> allSteps = Collections.synchronizedList(new ArrayList<>());
  private final List<PartOutput> outputs = Collections.synchronizedList(new ArrayList<>());
  private final List<CheckResult> checks = Collections.synchronizedList(new ArrayList<>());

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

  /** Adds what the whole returned, unless it is a part that has added that itself. */
  void addOfWhole(PartOutput output) {
    List<PartOutput> before = outputs();
    if (before.isEmpty() || !before.get(before.size() - 1).isSame(output)) {
      add(output);
    }
  }

  void add(CheckResult check) {
    for (ProgramRun run = this; run != null; run = run.outer) {
      run.checks.add(check);
    }
  }

  <O> Execution<O> execution(@Nullable O output, @Nullable RuntimeException failure) {
    return new Execution<>(output, failure, steps(), allSteps(), outputs(), List.copyOf(checks));
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

  /**
   * A context for one of several runs of the same work: its requests are others than those of the
   * rest, so that each is answered anew. It composes: several runs within one of several runs all
   * have rollout ids of their own, which depend on the places and on the rollout id of this context
   * only. Equal places have equal ids, so a rerun finds its cached replies.
   *
   * @param index the run's place among them, from 0
   * @param temperature the sampling temperature; null for that of the context
   */
  public static Context drawn(Context context, long index, @Nullable Double temperature) {
    long id = mix(context.options().rolloutId() * 0x9E3779B97F4A7C15L + index + 1);
    LmOptions draw = context.draw().withRolloutId(id == 0 ? 1 : id);
    return context.withDraw(temperature == null ? draw : draw.withTemperature(temperature));
  }

  /** David Stafford's mix13: a bijection, so equal places of other ids do not meet. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A branch of the run that is under way, or of a run of its own if there is none. */
  public static <I, O> Branch<I, O> branch(Program<I, O> part) {
    return new Branch<>(part, Context.current().value(KEY).orElse(null));
  }

  /**
   * How a check of a program ended in one run, see {@link Checked}.
   *
   * @param check its name: its message, or the name that it was given
   * @param failures how many tries failed it
   * @param passed whether the output that was returned passed it; false if none was
   */
  public record CheckResult(String check, int failures, boolean passed) {
    /** Whether it failed, and a further try passed it. */
    public boolean repaired() {
      return failures > 0 && passed;
    }
  }

  /**
   * A part of a program that is run several times, each time apart from the run that is under way,
   * under the same names and states. What such a run did becomes part of the run under way when it
   * is taken: in the order of the caller's choice, whatever the threads. Thread-safe.
   *
   * @param <I> what the part takes
   * @param <O> what it returns
   */
  public static final class Branch<I, O> {
    private final Program<I, O> part;
    private final @Nullable ProgramRun outer;
    private final boolean isHeld;
    private final Predictors own;
    private final Predictors predictors;
    private final ProgramState state;

    Branch(Program<I, O> part, @Nullable ProgramRun outer) {
      this.part = part;
      this.outer = outer;
      this.own = Predictors.of(part);
      this.isHeld = outer != null && outer.predictors.holds(part);
      this.predictors = outer != null && isHeld ? outer.predictors : own;
      this.state = outer != null && isHeld ? outer.state : own.initialState();
    }

    /** Runs the part under the current context; what it throws is in what is returned. */
    public Execution<O> run(I input) {
      ProgramRun frame = new ProgramRun(predictors, state, null);
      O output = null;
      RuntimeException failure = null;
      try {
        output = Context.current().with(KEY, frame).call(() -> part.run(input));
        if (output == null) {
          failure = new NullPointerException("The program returned null");
        }
      } catch (RuntimeException e) {
        failure = e;
      } catch (Throwable e) {
        failure = ProgramRunner.unexpected(e);
      }
      return frame.execution(output, failure);
    }

    /**
     * Takes one of some runs: what it did becomes part of the run under way, and metrics see the
     * others before it, in order.
     *
     * @param taken its index; -1 for none
     */
    public void take(List<? extends Execution<?>> runs, int taken) {
      for (int i = 0; i < runs.size(); i++) {
        if (i != taken) {
          show(runs.get(i));
        }
      }
      if (taken >= 0) {
        join(runs.get(taken));
      }
    }

    void note(CheckResult check) {
      if (outer != null) {
        outer.add(check);
      }
    }

    /** Makes what a run did part of the run under way: optimizers may learn from its steps. */
    private void join(Execution<?> run) {
      if (outer != null) {
        if (isHeld) {
          outer.steps.addAll(run.steps());
        }
        show(run);
        run.checks().forEach(outer::add);
      }
    }

    /** Lets metrics see the steps of a run whose output was not taken; nobody learns from them. */
    private void show(Execution<?> run) {
      for (ProgramRun r = outer; r != null; r = r.outer) {
        r.allSteps.addAll(run.allSteps());
      }
      if (outer != null) {
        run.outputs().forEach(outer::add);
      }
    }

    /** The part's predictors with the states that they run under, by the names within the part. */
    public Map<String, Predict<?, ?>> predictors() {
      Map<String, Predict<?, ?>> result = new LinkedHashMap<>();
      names()
          .forEach(
              (name, inRun) -> {
                Predict<?, ?> predict = Objects.requireNonNull(own.byName().get(name));
                result.put(name, predict.withState(state.of(inRun)));
              });
      return result;
    }

    /** What the part's predictors are called in its runs and their steps, by those names. */
    public Map<String, String> names() {
      return own.namesIn(predictors);
    }

    /**
     * Runs code that judges what the part returned: its calls are no steps of the run, and have
     * neither its draw nor its advice.
     */
    public <R> R apart(Callable<R> judge) throws Exception {
      ProgramRun none = new ProgramRun(Predictors.none(), new ProgramState(Map.of()), null);
      return CallGuidance.none(Context.current().forJudges()).with(KEY, none).call(judge::call);
    }
  }
}
