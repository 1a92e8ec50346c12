package dev.hone.evaluate;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import org.jspecify.annotations.Nullable;

/**
 * Measures programs on a dataset. Immutable and thread-safe.
 *
 * <pre>{@code
 * Evaluation<Ticket, Label> evaluation =
 *     Evaluator.of(testset, metric).maxInFlight(4).evaluate(program);
 * }</pre>
 *
 * @param <I> what the programs take
 * @param <O> what they return
 */
public final class Evaluator<I, O> {
  private final Dataset<I, O> dataset;
  private final Metric<I, O> metric;
  private final EvaluationSettings settings;

  private Evaluator(Dataset<I, O> dataset, Metric<I, O> metric, EvaluationSettings settings) {
    this.dataset = dataset;
    this.metric = metric;
    this.settings = settings;
  }

  /**
   * An evaluator with default settings.
   *
   * @param dataset the examples, at least one; with labels if the metric reads them
   * @param metric scores outputs
   * @throws InvalidInputException if one is null, there are no examples, or none has a label and
   *     the metric is known to read it
   */
  public static <I, O> Evaluator<I, O> of(Dataset<I, O> dataset, Metric<I, O> metric) {
    requireGiven(
        dataset, "dataset of the evaluator", "read it with Dataset.ofJsonl or Dataset.ofCsv");
    requireGiven(
        metric, "metric of the evaluator", "use Metric.exact, or Metric.of with a function");
    if (dataset.size() == 0) {
      throw InvalidInputException.of(
          "The dataset is empty", "check the file or the split it comes from");
    }
    if (metric.needsLabel()) {
      dataset.requireLabels("The metric \"" + metric.name() + "\"");
    }
    return new Evaluator<>(dataset, metric, EvaluationSettings.defaults());
  }

  private static void requireGiven(@Nullable Object value, String what, String fix) {
    if (value == null) {
      throw InvalidInputException.of("The " + what + " is null", fix);
    }
  }

  /** A copy in which an example whose program failed counts another score; default 0. */
  public Evaluator<I, O> failureScore(double value) {
    return new Evaluator<>(dataset, metric, settings.withFailureScore(value));
  }

  /**
   * A copy that runs each of equal examples anew, or reuses what became of the first; default: it
   * reuses it.
   */
  public Evaluator<I, O> memoize(boolean value) {
    return new Evaluator<>(dataset, metric, settings.withMemoize(value));
  }

  /**
   * A copy that runs at most this number of examples at once; default: as many as calls may be in
   * flight in the context, which limits the calls in any case.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public Evaluator<I, O> maxInFlight(int value) {
    return new Evaluator<>(dataset, metric, settings.withMaxInFlight(value));
  }

  /**
   * A copy that ends with an error when more examples failed than this number: in the program, in
   * the metric, or for want of a reply. Default: no limit.
   *
   * @throws InvalidInputException if it is negative
   */
  public Evaluator<I, O> maxErrors(int value) {
    return new Evaluator<>(dataset, metric, settings.withMaxErrors(value));
  }

  /**
   * A copy that ends with an error when a larger share of the examples failed than this; as {@link
   * #maxErrors}. Default: no limit.
   *
   * @throws InvalidInputException if it is not between 0 and 1
   */
  public Evaluator<I, O> maxErrorRate(double value) {
    return new Evaluator<>(dataset, metric, settings.withMaxErrorRate(value));
  }

  /** The examples. */
  public Dataset<I, O> dataset() {
    return dataset;
  }

  /** What scores outputs. */
  public Metric<I, O> metric() {
    return metric;
  }

  /** How it is done. */
  public EvaluationSettings settings() {
    return settings;
  }

  /**
   * Measures a program under the state it was made with, in the current context.
   *
   * <p>Cost: the program's model calls per example. Errors as in {@link EvaluationEngine#evaluate}.
   */
  public Evaluation<I, O> evaluate(Program<I, O> program) {
    EvaluationEngine<I, O> engine = new EvaluationEngine<>(program, metric, settings);
    return engine.evaluate(engine.runner().predictors().initialState(), dataset.examples());
  }

  /** One line, such as {@code Evaluator[120 examples, mean of severity, violations]}. */
  @Override
  public String toString() {
    return "Evaluator[" + dataset.size() + " examples, " + metric.name() + "]";
  }
}
