package dev.hone.history;

import dev.hone.context.Spend;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.program.Attempt;
import dev.hone.program.TraceStep;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one predictor of a program cost: the steps in which it answered, their calls, tokens and
 * time. A failed attempt at a provider, and a step that gave no output, are not among them.
 * Immutable.
 *
 * @param steps how often it answered
 * @param spend its calls, those answered by a cache, and tokens
 * @param duration the time of its calls, added up; they run concurrently, so it may be more than
 *     that of the whole
 */
public record PredictorUsage(long steps, Spend spend, Duration duration) {
  /** Nothing. */
  public static final PredictorUsage NONE = new PredictorUsage(0, Spend.NONE, Duration.ZERO);

  /** By predictor, what the steps cost; those of a predictor without a name are left out. */
  public static Map<String, PredictorUsage> of(Collection<TraceStep> steps) {
    Map<String, PredictorUsage> usage = new LinkedHashMap<>();
    for (TraceStep step : steps) {
      if (!step.predictor().isEmpty()) {
        usage.merge(step.predictor(), of(step), PredictorUsage::plus);
      }
    }
    return Collections.unmodifiableMap(usage);
  }

  /** By predictor of the program, what the evaluation cost, that of a metric left out. */
  public static Map<String, PredictorUsage> of(Evaluation<?, ?> evaluation) {
    Map<String, PredictorUsage> usage = new LinkedHashMap<>();
    for (ExampleResult<?, ?> result : evaluation.results()) {
      of(result.ownSteps()).forEach((name, one) -> usage.merge(name, one, PredictorUsage::plus));
    }
    return Collections.unmodifiableMap(usage);
  }

  private static PredictorUsage of(TraceStep step) {
    Spend spend = Spend.NONE;
    Duration duration = Duration.ZERO;
    for (Attempt attempt : step.attempts()) {
      int cached = attempt.cached() ? 1 : 0;
      spend = spend.plus(Spend.of(1 - cached, cached, attempt.usage()));
      duration = duration.plus(attempt.duration());
    }
    return new PredictorUsage(1, spend, duration);
  }

  /** The sum of both. */
  public PredictorUsage plus(PredictorUsage other) {
    return new PredictorUsage(
        steps + other.steps, spend.plus(other.spend), duration.plus(other.duration));
  }

  /** One line, such as {@code 30 steps, 31 model calls, 0 cached, 4200 tokens, 1.2 s}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d steps, %s, %.1f s", steps, spend, duration.toMillis() / 1000.0);
  }
}
