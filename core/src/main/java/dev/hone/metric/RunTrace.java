package dev.hone.metric;

import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.program.ProgramRun;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.ProgramRunner.PartOutput;
import dev.hone.program.Reasoned;
import dev.hone.program.TraceStep;
import java.util.List;
import java.util.Optional;

/**
 * The run that a metric scores: every call of a predictor on the way to the output, whether the
 * program is a predictor, one that an optimizer returned, or your own. Immutable.
 *
 * <pre>{@code
 * Metric<Ticket, Reply> metric = (example, reply, run) ->
 *     Score.of(run.output(program.classify()).map(Label::urgent).orElse(false));
 * }</pre>
 */
public final class RunTrace {
  private final Purpose purpose;
  private final List<TraceStep> steps;
  private final List<PartOutput> outputs;
  private final List<ProgramRun.CheckResult> checks;

  /** Why a metric is asked. */
  public enum Purpose {
    /** To measure a program. */
    EVALUATE,
    /** To decide whether a run may become a demo; a metric may be stricter here. */
    BOOTSTRAP
  }

  private RunTrace(
      Purpose purpose,
      List<TraceStep> steps,
      List<PartOutput> outputs,
      List<ProgramRun.CheckResult> checks) {
    this.purpose = purpose;
    this.steps = List.copyOf(steps);
    this.outputs = List.copyOf(outputs);
    this.checks = List.copyOf(checks);
  }

  /** What is known of a run, to call a metric by hand, such as in a test of it. */
  public static RunTrace of(Purpose purpose, List<TraceStep> steps) {
    return new RunTrace(purpose, steps, List.of(), List.of());
  }

  /** What is known of a run that Hone made. */
  public static RunTrace of(Purpose purpose, Execution<?> execution) {
    return new RunTrace(purpose, execution.allSteps(), execution.outputs(), execution.checks());
  }

  /** Why the metric is asked. */
  public Purpose purpose() {
    return purpose;
  }

  /**
   * The calls of all predictors, in the order in which they ended, those within compiled parts
   * included.
   */
  public List<TraceStep> steps() {
    return steps;
  }

  /**
   * How the checks of the program's parts ended, each time they ran, in order; those of tries that
   * were not taken, as by a best of several, left out.
   */
  public List<ProgramRun.CheckResult> checks() {
    return checks;
  }

  /**
   * What a part of the program returned, the last time it ran; empty if it did not run, or failed.
   *
   * @param part a {@code Predict}, a {@code ChainOfThought}, a compiled program, or a program that
   *     is bound to a model, which the program holds: the object itself, as a copy of it is another
   *     part. A program of your own is plain Java that calls other parts: those can be seen, it
   *     cannot, unless it is what is evaluated
   */
  public <A, B> Optional<B> output(Program<A, B> part) {
    List<B> all = outputs(part);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** What a part of the program returned each time it ran, in order; as {@link #output}. */
  public <A, B> List<B> outputs(Program<A, B> part) {
    if (part instanceof Predict<A, B> predict) {
      return steps.stream().flatMap(step -> step.outputOf(predict).stream()).toList();
    }
    if (part instanceof ChainOfThought<A, B> thought) {
      return outputs(thought.predict()).stream().map(Reasoned::output).toList();
    }
    return typed(outputs.stream().filter(o -> o.part() == part).map(PartOutput::output).toList());
  }

  @SuppressWarnings("unchecked") // a program returns what its type says
  private static <B> List<B> typed(List<?> outputs) {
    return (List<B>) outputs;
  }

  /** One line, such as {@code RunTrace[EVALUATE, 2 steps]}. */
  @Override
  public String toString() {
    return "RunTrace[%s, %d steps]".formatted(purpose, steps.size());
  }
}
