package dev.hone.evaluate;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import org.jspecify.annotations.Nullable;

/**
 * Measures programs on a dataset. Immutable and thread-safe.
 *
 * @param dataset the examples, at least one
 * @param metric scores outputs
 * @param settings how it is done
 * @param <I> what the programs take
 * @param <O> what they return
 */
public record Evaluator<I, O>(
    Dataset<I, O> dataset, Metric<I, O> metric, EvaluationSettings settings) {
  /**
   * Checks that nothing is null and that there are examples.
   *
   * @throws InvalidInputException if it is not so
   */
  public Evaluator {
    requireGiven(
        dataset, "dataset of the evaluator is", "read it with Dataset.ofJsonl or Dataset.ofCsv");
    requireGiven(
        metric, "metric of the evaluator is", "use Metric.exact, or Metric.of with a function");
    requireGiven(settings, "settings of the evaluator are", "use EvaluationSettings.defaults()");
    if (dataset.size() == 0) {
      throw InvalidInputException.of(
          "The dataset is empty", "check the file or the split it comes from");
    }
  }

  private static void requireGiven(@Nullable Object value, String what, String fix) {
    if (value == null) {
      throw InvalidInputException.of("The " + what + " null", fix);
    }
  }

  /** An evaluator with default settings. */
  public static <I, O> Evaluator<I, O> of(Dataset<I, O> dataset, Metric<I, O> metric) {
    return new Evaluator<>(dataset, metric, EvaluationSettings.defaults());
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

  @Override
  public String toString() {
    return "Evaluator[" + dataset.size() + " examples]";
  }
}
