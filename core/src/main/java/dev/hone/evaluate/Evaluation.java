package dev.hone.evaluate;

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

  /** The mean score over the examples that count, as the metric gives it (not in percent). */
  public double scoreMean() {
    return scores().stream()
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average()
        .orElseThrow();
  }

  /** The 95 % confidence interval of the mean score. */
  public Interval interval() {
    double[] counted =
        scores().stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    return Interval.ofMean(counted, 0.95);
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
    Interval interval = interval();
    StringBuilder text = new StringBuilder();
    text.append(
        "score %.3f [%.3f, %.3f]".formatted(scoreMean(), interval.lower(), interval.upper()));
    text.append(" on %d examples".formatted(results.size()));
    append(text, Outcome.ProgramFailed.class, "program failed");
    append(text, Outcome.MetricFailed.class, "metric failed");
    append(text, Outcome.LmUnavailable.class, "model unavailable");
    return text.append(", %d model calls".formatted(spend().lmCalls())).toString();
  }

  private void append(StringBuilder text, Class<?> kind, String name) {
    long count = count(kind);
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(name);
    }
  }
}
