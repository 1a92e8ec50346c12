package dev.hone.cli.demo;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Source;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.text.NearestName;
import java.util.List;

/**
 * A task of the demo: a program, what is to be improved, and data to learn from and to test on.
 *
 * @param name its name on the command line
 * @param program the program
 * @param metric what is to be improved, between 0 and 1
 * @param metricText the metric in words
 * @param trainset what optimizers may see
 * @param testset what no optimizer sees
 * @param <I> what the program takes
 * @param <O> what it returns
 */
record DemoTask<I, O>(
    String name,
    Predict<I, O> program,
    Metric<I, O> metric,
    String metricText,
    Dataset<I, O> trainset,
    Dataset<I, O> testset) {
  static final List<String> NAMES = List.of("moderation", "support");

  /**
   * The task of a name.
   *
   * @throws InvalidInputException if there is none
   */
  static DemoTask<?, ?> named(String name) {
    return switch (name) {
      case "moderation" -> Moderation.task();
      case "support" -> Support.task();
      default ->
          throw InvalidInputException.of(
              "--task (%s) is none of %s".formatted(name, String.join(", ", NAMES)),
              "use " + NearestName.of(name, NAMES).orElse(NAMES.get(0)));
    };
  }

  static <I, O> DemoTask<I, O> of(
      String name, Predict<I, O> program, Metric<I, O> metric, String metricText) {
    return new DemoTask<>(
        name,
        program,
        metric,
        metricText,
        read(name + "/train.jsonl", program),
        read(name + "/test.jsonl", program));
  }

  private static <I, O> Dataset<I, O> read(String file, Predict<I, O> program) {
    return Dataset.ofJsonl(
        Source.ofResource(DemoTask.class, "/dev/hone/examples/" + file),
        program.signature(),
        Columns.asNamed());
  }
}
