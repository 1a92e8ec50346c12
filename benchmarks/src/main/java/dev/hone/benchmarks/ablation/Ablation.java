package dev.hone.benchmarks.ablation;

import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.ModerationTask;
import dev.hone.examples.SupportTask;
import dev.hone.local.EmbeddedModel;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Program;
import dev.hone.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs every variant on every task with seeds 1 to 10, and writes a table: the mean test score over
 * the seeds with a 95 % interval of that mean, and the mean number of model calls spent on finding
 * the program.
 */
public final class Ablation {
  private static final int SEEDS = 10;

  private Ablation() {}

  /** One variant's results, a value per seed. */
  private record Results(double[] scores, double[] calls) {}

  /**
   * Writes the table.
   *
   * @param arguments the file to write; default {@code benchmarks/quality/results/ablation.md}
   */
  public static void main(String[] arguments) throws IOException {
    Path file =
        Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/quality/results/ablation.md");
    List<String> lines = new ArrayList<>(heading());
    for (BuiltInTask<ObjectNode, ObjectNode> task : tasks()) {
      lines.addAll(List.of("", "## " + task.name(), ""));
      lines.add("| variant | test score | 95 % interval of the mean | worst seed | model calls |");
      lines.add("|---|---|---|---|---|");
      for (Variant variant : Variant.all()) {
        String row = row(variant.name(), results(task, variant));
        System.err.println(task.name() + " " + row);
        lines.add(row);
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
    System.out.println(file);
  }

  /** The demo tasks, their fields without descriptions. */
  static List<BuiltInTask<ObjectNode, ObjectNode>> tasks() {
    return List.of(ModerationTask.untyped(), SupportTask.untyped());
  }

  private static List<String> heading() {
    return List.of(
        "# Ablation",
        "",
        "Written by `dev.hone.benchmarks.ablation.Ablation` on Java "
            + System.getProperty("java.version")
            + ". Embedded model, preset LIGHT, seeds 1 to "
            + SEEDS
            + ". Scores in points on the test set, which no optimizer sees; calls are those spent on"
            + " finding the program.");
  }

  private static Results results(BuiltInTask<ObjectNode, ObjectNode> task, Variant variant) {
    double[] scores = new double[SEEDS];
    double[] calls = new double[SEEDS];
    for (int i = 0; i < SEEDS; i++) {
      long seed = i + 1L;
      SpendMeter meter = new SpendMeter();
      Program<ObjectNode, ObjectNode> program =
          context().withListener(meter).call(() -> variant.find().find(task, seed));
      calls[i] = meter.total().lmCalls();
      scores[i] =
          context()
              .call(() -> Evaluator.of(task.testset(), task.metric()).evaluate(program))
              .score();
    }
    return new Results(scores, calls);
  }

  private static Context context() {
    return Context.builder().lm(LmPipeline.builder(EmbeddedModel.load()).build()).build();
  }

  private static String row(String name, Results results) {
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %s | %.1f | %.0f |",
        name,
        100 * mean(results.scores()),
        interval(results.scores()),
        100 * Arrays.stream(results.scores()).min().orElseThrow(),
        mean(results.calls()));
  }

  private static String interval(double[] scores) {
    if (Arrays.stream(scores).distinct().count() == 1) {
      return "the same in every seed";
    }
    Interval interval = Interval.ofMean(scores, 0.95);
    return String.format(
        Locale.ROOT, "%.1f to %.1f", 100 * interval.lower(), 100 * interval.upper());
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
