package dev.hone.evaluate;

import dev.hone.context.Spend;
import dev.hone.stats.Interval;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
  private static final int SHOWN_CHARACTERS = 300;

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

  /** Checks that the metric did not fail on every output that it was given. */
  Evaluation<I, O> requireMetric() {
    int failed = (int) count(Outcome.MetricFailed.class);
    if (failed > 0 && count(Outcome.Scored.class) == 0) {
      throw EvaluationFailedException.metricFailed(failed, results.size(), firstMetricFailure());
    }
    return this;
  }

  private Outcome.MetricFailed<?> firstMetricFailure() {
    return results.stream()
        .map(ExampleResult::outcome)
        .filter(Outcome.MetricFailed.class::isInstance)
        .map(Outcome.MetricFailed.class::cast)
        .findFirst()
        .orElseThrow();
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

  /** A line for people, and one with the first failure of the program or the metric, if any. */
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
    text.append(", ").append(Plural.of(spend().lmCalls(), "model call"));
    firstProblem().ifPresent(problem -> text.append(System.lineSeparator()).append(problem));
    return text.toString();
  }

  /** What to say of the first example whose program or metric failed. */
  private Optional<String> firstProblem() {
    for (int i = 0; i < results.size(); i++) {
      String problem = problem(results.get(i).outcome());
      if (!problem.isEmpty()) {
        return Optional.of(
            "example %d: %s"
                .formatted(i + 1, Excerpt.beginning(Excerpt.oneLine(problem), SHOWN_CHARACTERS)));
      }
    }
    return Optional.empty();
  }

  private static String problem(Outcome<?> outcome) {
    if (outcome instanceof Outcome.ProgramFailed<?> failed) {
      return "the program failed: " + failed.problem();
    }
    return outcome instanceof Outcome.MetricFailed<?> failed
        ? "the metric failed: " + failed.problem()
        : "";
  }

  private void append(StringBuilder text, Class<?> kind, String name) {
    long count = count(kind);
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(name);
    }
  }
}
