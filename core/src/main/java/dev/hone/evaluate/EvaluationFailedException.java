package dev.hone.evaluate;

import dev.hone.HoneException;
import dev.hone.lm.LmException;
import java.util.List;

/**
 * An evaluation without any score: the metric failed on every example, or the model failed or could
 * not be reached for all. Its cause is the fault of the first example.
 */
public final class EvaluationFailedException extends HoneException {
  private static final long serialVersionUID = 1L;

  private EvaluationFailedException(String message, RuntimeException cause) {
    super(message, cause);
  }

  /** The error for results without a score. */
  static EvaluationFailedException of(List<? extends ExampleResult<?, ?>> results) {
    int examples = results.size();
    Outcome<?> first = results.get(0).outcome();
    if (first instanceof Outcome.LmUnavailable<?> unavailable) {
      LmException error = unavailable.error();
      boolean bug = error instanceof LmException.ProviderFailed;
      return new EvaluationFailedException(
          "The model %s for %s: %s"
              .formatted(
                  bug ? "failed with a bug of its own" : "could not be reached",
                  examples == 1
                      ? "the example"
                      : (bug ? "all" : "any") + " of " + examples + " examples",
                  error.getMessage()),
          error);
    }
    if (first instanceof Outcome.MetricFailed<?> failed) {
      return metricFailed(examples, examples, failed);
    }
    throw new IllegalArgumentException("there are scores");
  }

  /** The error for a metric that failed on each output of the first examples. */
  static EvaluationFailedException metricFailed(
      int outputs, int examples, Outcome.MetricFailed<?> failed) {
    return new EvaluationFailedException(
        "The metric failed on %s: %s".formatted(where(outputs, examples), failed.problem()),
        failed.error());
  }

  private static String where(int outputs, int examples) {
    if (outputs < examples) {
      return "each output that the program gave: %d, on the first %d examples"
          .formatted(outputs, examples);
    }
    return examples == 1 ? "the only example" : "each of the first " + examples + " examples";
  }
}
