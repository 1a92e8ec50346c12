package dev.hone.evaluate;

import dev.hone.Plural;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A program's results on examples.
 *
 * @param results a result per example, in the order of the examples; never empty
 * @param failureScore what an example counts whose program failed
 * @param <I> the type of the inputs
 * @param <O> the type of the outputs
 */
public record Evaluation<I, O>(List<ExampleResult<I, O>> results, double failureScore) {
  /** Copies the results. */
  public Evaluation {
    results = List.copyOf(results);
  }

  /** Whether any example has a score. What an {@link Evaluator} returns always has one. */
  public boolean hasScore() {
    return counted().length > 0;
  }

  /**
   * Checks that some example has a score.
   *
   * @return this evaluation
   * @throws EvaluationFailedException if there is none
   */
  public Evaluation<I, O> requireScore() {
    if (!hasScore()) {
      throw EvaluationFailedException.of(results);
    }
    return this;
  }

  /**
   * The mean score over the examples that have one, as the metric gives it (not in percent).
   *
   * @throws EvaluationFailedException if there is none
   */
  public double scoreMean() {
    requireScore();
    return Arrays.stream(counted()).average().orElseThrow();
  }

  /**
   * The 95 % confidence interval of the mean score.
   *
   * @throws EvaluationFailedException if there is no score
   */
  public Interval interval() {
    requireScore();
    return Interval.ofMean(counted(), 0.95);
  }

  private double[] counted() {
    return scores().stream()
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /**
   * A score per example, in order: the metric's score, the failure score where the program failed,
   * and none where the metric failed or the model could not be reached.
   */
  public List<OptionalDouble> scores() {
    return results.stream().map(this::score).toList();
  }

  private OptionalDouble score(ExampleResult<I, O> result) {
    return result.outcome() instanceof Outcome.ProgramFailed<O>
        ? OptionalDouble.of(failureScore)
        : result.score();
  }

  /**
   * The number of examples with an outcome of a kind, such as {@code Outcome.LmUnavailable.class}.
   */
  public long count(Class<?> kind) {
    return results.stream().filter(result -> kind.isInstance(result.outcome())).count();
  }

  /** What the evaluation cost; outcomes that were known before cost nothing. */
  public Spend spend() {
    return results.stream().map(ExampleResult::spend).reduce(Spend.NONE, Spend::plus);
  }

  /** One line for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (hasScore()) {
      Interval interval = interval();
      text.append(
          "score %.3f [%.3f, %.3f]".formatted(scoreMean(), interval.lower(), interval.upper()));
    } else {
      text.append("no score");
    }
    int scored = counted().length;
    text.append(
        scored == results.size()
            ? " on " + Plural.of(scored, "example")
            : " on %d of %s".formatted(scored, Plural.of(results.size(), "example")));
    append(text, Outcome.ProgramFailed.class, "program failed");
    append(text, Outcome.MetricFailed.class, "metric failed");
    append(text, Outcome.LmUnavailable.class, "model unavailable");
    return text.append(", " + Plural.of(spend().lmCalls(), "model call")).toString();
  }

  private void append(StringBuilder text, Class<?> kind, String name) {
    long count = count(kind);
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(name);
    }
  }
}
