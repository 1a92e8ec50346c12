package dev.hone.cli.exchange;

import dev.hone.InvalidInputException;
import dev.hone.cli.frame.BudgetOptions;
import dev.hone.cli.frame.Consent;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.model.ModelOptions;
import dev.hone.cli.model.ModelOptions.OpenModel;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.exchange.FineTuning;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Runs a project's program over its learning rows, for lines to train a model with. */
final class FineTuneRun {
  @Option(
      names = "--min-score",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --finetune: the score that passes (default: ${DEFAULT-VALUE}).")
  private double minScore = 1;

  @Option(
      names = "--teacher",
      paramLabel = "FILE",
      description =
          "With --finetune: another saved program of the same project, whose answers are taken"
              + " instead. For a larger model that answers, use --model.")
  private @Nullable Path teacher;

  /** What the model is, what it may cost, and who is asked. */
  record Means(ModelOptions models, BudgetOptions budget, Consent consent) {}

  /**
   * Asks, runs the rows, and delivers the lines; where a budget, an outage or Ctrl-C ends it, those
   * of the rows that were done by then, and then the error.
   *
   * @param deliver writes the lines; gives the exit code
   */
  int run(GivenProgram given, Means means, OutputOptions output, ToIntFunction<String> deliver) {
    try (ProgramFile loaded = ProgramFile.load(requireProject(given));
        OpenModel model = means.models().openUnasked(loaded.model())) {
      ProgramFile project = model.serving(loaded);
      Dataset<ObjectNode, ObjectNode> rows = project.data().learn().labelled();
      Context context =
          model
              .context(project)
              .adapter(given.adapter())
              .budget(means.budget().over(project))
              .build();
      FineTuning<ObjectNode, ObjectNode> tuning = context.call(() -> tuning(project, given));
      String plan = plan(tuning, rows);
      output.say(plan + " on " + model.spec());
      if (!means.consent().isGiven(model.all(), plan)) {
        output.say("Nothing was done.");
        return ExitCodes.UNUSABLE;
      }
      model.probe();
      FineTuning.Lines lines = context.call(() -> lines(tuning, rows, output, deliver));
      output.say(summary(lines));
      if (lines.lines().isEmpty()) {
        throw InvalidInputException.of(
            "No run passed the metric, so there is nothing to train with",
            "lower --min-score, or take a better --model");
      }
      return deliver.applyAsInt(lines.toJsonl());
    }
  }

  private static Path requireProject(GivenProgram given) {
    return given
        .project()
        .map(ProgramFile::file)
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "--finetune runs the rows of a project, and %s is a program alone"
                        .formatted(given.name()),
                    "name the project: hone export NAME --finetune --program FILE"));
  }

  /** The program anew, since the one that was given has no tools. */
  private FineTuning<ObjectNode, ObjectNode> tuning(ProgramFile project, GivenProgram given) {
    Program<ObjectNode, ObjectNode> program = project.program();
    Compiled<ObjectNode, ObjectNode> compiled =
        given
            .artifact()
            .map(saved -> Compiled.load(program, saved))
            .orElseGet(() -> Compiled.of(program));
    FineTuning<ObjectNode, ObjectNode> tuning =
        FineTuning.of(compiled, project.metric()).minScore(minScore);
    return teacher == null ? tuning : tuning.withTeacher(Compiled.load(program, teacher));
  }

  private FineTuning.Lines lines(
      FineTuning<ObjectNode, ObjectNode> tuning,
      Dataset<ObjectNode, ObjectNode> rows,
      OutputOptions output,
      ToIntFunction<String> deliver) {
    try {
      return tuning.run(rows);
    } catch (RuntimeException e) {
      FineTuning.Lines soFar = tuning.soFar(e, rows);
      if (!soFar.lines().isEmpty()) {
        output.say("It ended early; what there is by now is kept. " + summary(soFar));
        int unused = deliver.applyAsInt(soFar.toJsonl());
      }
      throw e;
    }
  }

  private String summary(FineTuning.Lines lines) {
    return "%s of %s passed (score of %s or more): %s"
        .formatted(
            Plural.of(lines.passed(), "run"),
            lines.rows(),
            plain(minScore),
            Plural.of(lines.lines().size(), "line"));
  }

  private static String plan(
      FineTuning<ObjectNode, ObjectNode> tuning, Dataset<ObjectNode, ObjectNode> rows) {
    int run = tuning.rows(rows).size();
    int shown = rows.size() - run;
    String leftOut =
        shown == 0
            ? ""
            : ", without %s that the prompt shows as demos".formatted(Plural.of(shown, "row"));
    return String.format(
        Locale.ROOT,
        "%,d learning rows%s: %,d calls, more where replies have to be repaired",
        run,
        leftOut,
        tuning.calls(rows));
  }

  private static String plain(double score) {
    return score == Math.rint(score)
        ? String.format(Locale.ROOT, "%.0f", score)
        : String.format(Locale.ROOT, "%.2f", score);
  }
}
