package dev.hone.agents.rollout;

import dev.hone.context.Spend;
import dev.hone.context.Usage.Tracked;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.TraceStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program among several on the same input. Immutable.
 *
 * @param <O> what the program returns
 */
public final class Rollout<O> {
  private final int index;
  private final Execution<O> execution;
  private final @Nullable Object verdict;
  private final @Nullable RuntimeException judgeFailure;
  private final Spend spend;
  private final Spend judgeSpend;
  private final Map<String, String> advice;
  private final @Nullable RuntimeException adviceFailure;

  private Rollout(Rollout<O> from, Map<String, String> advice, @Nullable RuntimeException failure) {
    this.index = from.index;
    this.execution = from.execution;
    this.verdict = from.verdict;
    this.judgeFailure = from.judgeFailure;
    this.spend = from.spend;
    this.judgeSpend = from.judgeSpend;
    this.advice = new TreeMap<>(advice);
    this.adviceFailure = failure;
  }

  private Rollout(int index, Tracked<Execution<O>> ran, Tracked<Verdict> judged) {
    this.index = index;
    this.execution = ran.value();
    this.spend = ran.spend();
    this.verdict = judged.value().value();
    this.judgeFailure = judged.value().failure();
    this.judgeSpend = judged.spend();
    this.advice = Map.of();
    this.adviceFailure = null;
  }

  /** What was made of an output: its worth, or what it votes for; null for neither. */
  record Verdict(@Nullable Object value, @Nullable RuntimeException failure) {
    static final Verdict NONE = new Verdict(null, null);
  }

  /** A reward, which is no vote for a number. */
  record Worth(double value) {}

  static <O> Rollout<O> of(int index, Tracked<Execution<O>> ran, Tracked<Verdict> judged) {
    return new Rollout<>(index, ran, judged);
  }

  Rollout<O> advised(Map<String, String> given, @Nullable RuntimeException failure) {
    return new Rollout<>(this, given, failure);
  }

  Execution<O> execution() {
    return execution;
  }

  /** Its place among them, from 0. */
  public int index() {
    return index;
  }

  /** What the program returned; empty if it failed. */
  public Optional<O> output() {
    return Optional.ofNullable(execution.output());
  }

  /** What the output is worth; empty if the program or the reward failed, or there is no reward. */
  public OptionalDouble reward() {
    return verdict instanceof Worth worth
        ? OptionalDouble.of(worth.value())
        : OptionalDouble.empty();
  }

  /** What the output votes for; empty if there is no vote, or it failed. */
  public Optional<Object> vote() {
    return verdict instanceof Worth ? Optional.empty() : Optional.ofNullable(verdict);
  }

  /** Why the program failed; empty if it returned. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(execution.failure());
  }

  /** Why the reward, or what a vote is cast for, failed on the output; empty if it did not. */
  public Optional<RuntimeException> judgeFailure() {
    return Optional.ofNullable(judgeFailure);
  }

  /** What failed of both. */
  Optional<RuntimeException> anyFailure() {
    return failure().or(this::judgeFailure);
  }

  /** The calls of the program's predictors, in the order in which they ended. */
  public List<TraceStep> steps() {
    return execution.allSteps();
  }

  /** What the program's calls cost. */
  public Spend spend() {
    return spend;
  }

  /** What the calls of the reward cost. */
  public Spend judgeSpend() {
    return judgeSpend;
  }

  /** The advice it was given, by the names of predictors; empty for none. */
  public Map<String, String> advice() {
    return Map.copyOf(advice);
  }

  /** Why it was given no advice, where it should have been; empty if that did not fail. */
  public Optional<RuntimeException> adviceFailure() {
    return Optional.ofNullable(adviceFailure);
  }

  /** One line, such as {@code Rollout[2, reward 0.5, Answer[…]]}. */
  @Override
  public String toString() {
    String end =
        anyFailure().map(e -> "failed: " + e).orElseGet(() -> String.valueOf(execution.output()));
    String worth =
        verdict == null
            ? ""
            : verdict instanceof Worth reward
                ? "reward " + reward.value() + ", "
                : "vote " + verdict + ", ";
    return "Rollout[" + index + ", " + worth + end + "]";
  }
}
