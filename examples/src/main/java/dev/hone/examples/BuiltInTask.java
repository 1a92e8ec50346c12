package dev.hone.examples;

import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Source;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.signature.Signature;
import java.util.List;

/**
 * A task with its data, ready to be tried, tested and measured: a program, what is to be improved,
 * and labelled examples to learn from and to test on. Immutable.
 *
 * @param name its name, as {@code hone demo --task} takes it
 * @param program the program
 * @param metric what is to be improved, between 0 and 1
 * @param metricText the metric in words
 * @param trainset what optimizers may see
 * @param testset what no optimizer sees
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public record BuiltInTask<I, O>(
    String name,
    Predict<I, O> program,
    Metric<I, O> metric,
    String metricText,
    Dataset<I, O> trainset,
    Dataset<I, O> testset) {
  /** The names of all tasks: {@code support} and {@code moderation}. */
  public static final List<String> NAMES = List.of(SupportTask.NAME, ModerationTask.NAME);

  /** A task over the data of a name. */
  static <I, O> BuiltInTask<I, O> of(
      String name, Signature<I, O> signature, Metric<I, O> metric, String metricText) {
    return new BuiltInTask<>(
        name,
        Predict.of(signature),
        metric,
        metricText,
        read(name + "/train.jsonl", signature),
        read(name + "/test.jsonl", signature));
  }

  private static <I, O> Dataset<I, O> read(String file, Signature<I, O> signature) {
    return Dataset.ofJsonl(
        Source.ofResource(BuiltInTask.class, file), signature, Columns.asNamed());
  }
}
