package dev.hone.benchmarks.ablation;

import dev.hone.context.Context;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.BuiltInTask;
import dev.hone.local.EmbeddedModel;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.pipeline.LmPipeline;
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
 * Learning to propose on and off: a file that was learnt on one demo task is given to the other.
 * For each seed, four runs on the first task fill the file; then the second is optimized with the
 * file and without one, by the same seed.
 */
public final class LearningAblation {
  private static final int WARM_UPS = 4;

  private final List<BuiltInTask<ObjectNode, ObjectNode>> tasks;
  private final int seeds;
  private final Path folder;

  private LearningAblation(
      List<BuiltInTask<ObjectNode, ObjectNode>> tasks, int seeds, Path folder) {
    this.tasks = tasks;
    this.seeds = seeds;
    this.folder = folder;
  }

  /**
   * Writes the table.
   *
   * @param arguments the file to write, default {@code benchmarks/quality/results/learning.md}; the
   *     number of seeds, default 10
   */
  public static void main(String[] arguments) throws IOException {
    Path file =
        Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/quality/results/learning.md");
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    LearningAblation ablation =
        new LearningAblation(Ablation.tasks(), seeds, Files.createTempDirectory("hone-learning"));
    List<String> lines = ablation.table();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
    System.out.println(String.join("\n", lines));
  }

  private List<String> table() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# Learning to propose, on and off",
                "",
                "Written by `dev.hone.benchmarks.ablation.LearningAblation`. Embedded model, preset"
                    + " LIGHT with 6 instructions and 2 proposal rounds, seeds 1 to "
                    + seeds
                    + ". On: with a file from "
                    + WARM_UPS
                    + " runs on the other demo task. Scores in points: of the winner on the test set,"
                    + " and of the proposed instructions in the trials, as the mean over them. 95 %"
                    + " intervals of the mean over seeds; the difference is paired by seed.",
                "",
                "| task | what | off | on | difference |",
                "|---|---|---|---|---|"));
    for (int i = 0; i < tasks.size(); i++) {
      lines.addAll(rows(tasks.get(i), tasks.get(1 - i)));
    }
    return lines;
  }

  /** What one run gave: the winner on the test set, and the instructions in its trials. */
  private record Outcome(double test, double proposed) {}

  private List<String> rows(
      BuiltInTask<ObjectNode, ObjectNode> task, BuiltInTask<ObjectNode, ObjectNode> other) {
    List<Outcome> off = new ArrayList<>();
    List<Outcome> on = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      Path file = folder.resolve(task.name() + seed + ".json");
      for (int i = 0; i < WARM_UPS; i++) {
        run(other, optimizer(1000 * seed + i).learnToPropose(file));
      }
      off.add(run(task, optimizer(seed)));
      on.add(run(task, optimizer(seed).learnToPropose(file)));
      System.err.println(
          task.name() + " " + seed + " " + off.get(off.size() - 1) + " " + on.get(on.size() - 1));
    }
    return List.of(
        row(task.name(), "winner, test set", values(off, true), values(on, true)),
        row(task.name(), "proposed instructions, trials", values(off, false), values(on, false)));
  }

  private static MiproV2 optimizer(long seed) {
    return MiproV2.light().instructionCandidates(6).proposalRounds(2).seed(seed);
  }

  private static Outcome run(BuiltInTask<ObjectNode, ObjectNode> task, MiproV2 optimizer) {
    Context context =
        Context.builder().lm(LmPipeline.builder(EmbeddedModel.load()).build()).build();
    return context.call(
        () -> {
          Optimized<ObjectNode, ObjectNode, MiproV2Report> optimized =
              optimizer.compile(task.program(), task.trainset(), task.metric());
          double test = Evaluator.of(task.testset(), task.metric()).evaluate(optimized).score();
          return new Outcome(test, proposed(optimized.report()));
        });
  }

  /** The mean score of the trials' examples that ran with a proposed instruction. */
  private static double proposed(MiproV2Report report) {
    List<InstructionCandidate> first = report.instructions().values().iterator().next();
    double sum = 0;
    int examples = 0;
    for (var trial : report.configurations()) {
      if (first.get(trial.configuration().choice(0)).round() > 0) {
        sum += trial.scoreMean() * trial.examples();
        examples += trial.examples();
      }
    }
    return sum / Math.max(1, examples);
  }

  private static double[] values(List<Outcome> outcomes, boolean test) {
    return outcomes.stream().mapToDouble(it -> 100 * (test ? it.test() : it.proposed())).toArray();
  }

  private static String row(String task, String what, double[] off, double[] on) {
    double[] differences = new double[off.length];
    Arrays.setAll(differences, i -> on[i] - off[i]);
    return "| %s | %s | %s | %s | %s |"
        .formatted(task, what, inWords(off), inWords(on), inWords(differences));
  }

  private static String inWords(double[] values) {
    Interval interval = Interval.ofMean(values, 0.95);
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f to %.1f)",
        Arrays.stream(values).average().orElseThrow(),
        interval.lower(),
        interval.upper());
  }
}
