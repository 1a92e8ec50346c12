package dev.hone.evaluate;

import dev.hone.context.Spend;
import dev.hone.data.Example;
import dev.hone.metric.JudgeSpread;
import dev.hone.program.ProgramRun;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.TraceStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One example with what became of it. Immutable.
 *
 * @param <I> the type of the input
 * @param <O> the type of the output
 */
public final class ExampleResult<I, O> {
  private final Example<I, O> example;
  private final Outcome<O> outcome;
  private final List<TraceStep> steps;
  private final List<TraceStep> ownSteps;
  private final List<ProgramRun.CheckResult> checks;
  private final Spend spend;
  private final Spend judgeSpend;
  private final CallFacts facts;
  private final CallFacts judgeFacts;

  private ExampleResult(
      Example<I, O> example,
      Outcome<O> outcome,
      List<TraceStep> steps,
      List<TraceStep> ownSteps,
      List<ProgramRun.CheckResult> checks,
      Spend spend,
      Spend judgeSpend,
      CallFacts facts,
      CallFacts judgeFacts) {
    this.example = example;
    this.outcome = outcome;
    this.steps = steps;
    this.ownSteps = ownSteps;
    this.checks = checks;
    this.spend = spend;
    this.judgeSpend = judgeSpend;
    this.facts = facts;
    this.judgeFacts = judgeFacts;
  }

  /** A result of which the steps are not known. */
  public static <I, O> ExampleResult<I, O> of(
      Example<I, O> example, Outcome<O> outcome, Spend spend) {
    return new ExampleResult<>(
        example,
        outcome,
        List.of(),
        List.of(),
        List.of(),
        spend,
        Spend.NONE,
        CallFacts.NONE,
        CallFacts.NONE);
  }

  static <I, O> ExampleResult<I, O> of(
      Example<I, O> example, Outcome<O> outcome, Execution<O> execution, Spend judgeSpend) {
    return new ExampleResult<>(
        example,
        outcome,
        execution.allSteps(),
        execution.steps(),
        execution.checks(),
        judgeSpend,
        judgeSpend,
        CallFacts.NONE,
        CallFacts.NONE);
  }

  ExampleResult<I, O> with(Spend cost) {
    return new ExampleResult<>(
        example, outcome, steps, ownSteps, checks, cost, judgeSpend, facts, judgeFacts);
  }

  ExampleResult<I, O> with(CallFacts calls, CallFacts judgeCalls) {
    return new ExampleResult<>(
        example, outcome, steps, ownSteps, checks, spend, judgeSpend, calls, judgeCalls);
  }

  /** The same result for an equal example, at no cost. */
  ExampleResult<I, O> reusedFor(Example<I, O> equal) {
    return new ExampleResult<>(
        equal, outcome, steps, ownSteps, checks, Spend.NONE, Spend.NONE, facts, judgeFacts);
  }

  /** The example. */
  public Example<I, O> example() {
    return example;
  }

  /** What became of it. */
  public Outcome<O> outcome() {
    return outcome;
  }

  /**
   * The calls of all predictors, those of compiled programs within the program included, in the
   * order in which they ended.
   */
  public List<TraceStep> steps() {
    return steps;
  }

  /** The calls of the program's own predictors, which an optimizer may change, in that order. */
  public List<TraceStep> ownSteps() {
    return ownSteps;
  }

  /**
   * How the checks of the program and its parts ended, see {@link
   * dev.hone.program.Program#check(java.util.function.Predicate, String)}; empty for none.
   */
  public List<ProgramRun.CheckResult> checks() {
    return checks;
  }

  /** What it cost: the calls of the program and the metric, whichever context makes them. */
  public Spend spend() {
    return spend;
  }

  /** What of that the metric's calls cost, those of a judge. */
  public Spend judgeSpend() {
    return judgeSpend;
  }

  /** What the program's calls show of the conditions it was measured under. */
  CallFacts facts() {
    return facts;
  }

  /** The same of the metric's calls, those of a judge. */
  CallFacts judgeFacts() {
    return judgeFacts;
  }

  /** How far the verdicts of a judge differ, if it was asked several times. */
  Stream<JudgeSpread> spread() {
    return outcome instanceof Outcome.Scored<O> scored
        ? scored.score().spread().stream()
        : Stream.empty();
  }

  /** The metric's score, if there is one. */
  public OptionalDouble score() {
    return outcome instanceof Outcome.Scored<O> scored
        ? OptionalDouble.of(scored.score().value())
        : OptionalDouble.empty();
  }

  /** What the program returned; empty if it failed, or its model could not be reached. */
  public Optional<O> output() {
    if (outcome instanceof Outcome.Scored<O> scored) {
      return Optional.of(scored.output());
    }
    if (outcome instanceof Outcome.MetricFailed<O> failed) {
      return Optional.of(failed.output());
    }
    return outcome instanceof Outcome.LmUnavailable<O> unavailable
        ? unavailable.output()
        : Optional.empty();
  }

  /** What failed: the program, the metric or the model; empty if it was scored. */
  public Optional<RuntimeException> error() {
    return outcome.failure();
  }

  /** One line, such as {@code ExampleResult[Example[…], Scored[…]]}. */
  @Override
  public String toString() {
    return "ExampleResult[" + example + ", " + outcome + "]";
  }
}
