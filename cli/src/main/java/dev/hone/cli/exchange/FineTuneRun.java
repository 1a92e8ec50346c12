package dev.hone.cli.exchange;

import dev.hone.InvalidInputException;
import dev.hone.cli.frame.Consent;
import dev.hone.cli.frame.ModelOptions;
import dev.hone.cli.frame.ModelOptions.OpenModel;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.exchange.FineTuning;
import dev.hone.lm.ModelSpec;
import dev.hone.project.ProgramFile;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Runs a project's program over its learning rows, for lines to train a model with. */
final class FineTuneRun {
  private final GivenProgram given;
  private final ModelOptions models;
  private final Consent consent;
  private final OutputOptions output;

  FineTuneRun(GivenProgram given, ModelOptions models, Consent consent, OutputOptions output) {
    this.given = given;
    this.models = models;
    this.consent = consent;
    this.output = output;
  }

  /**
   * The lines; empty if the answer was not to go on.
   *
   * @param teacher another saved program whose answers are taken; null for none
   */
  Optional<String> lines(double minScore, @Nullable Path teacher) {
    ProgramFile project =
        given
            .project()
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "--finetune runs the rows of a project, and %s is a program alone"
                            .formatted(given.name()),
                        "name the project: hone export NAME --finetune --program FILE"));
    Dataset<ObjectNode, ObjectNode> rows = project.data().learn().labelled();
    FineTuning<ObjectNode, ObjectNode> tuning = tuning(project, minScore, teacher);
    String plan = plan(tuning, rows);
    ModelSpec named = ModelSpec.parse(models.name(project.model()));
    output.say(plan + " on " + named);
    if (!consent.isGiven(named, plan)) {
      return Optional.empty();
    }
    try (OpenModel model = models.open(project.model())) {
      Context context = Context.builder().lm(model.lm()).adapter(given.adapter()).build();
      FineTuning.Lines lines = context.call(() -> tuning.run(rows));
      output.say(
          "%s of %s passed (score of %s or more): %s"
              .formatted(
                  Plural.of(lines.passed(), "run"),
                  lines.rows(),
                  plain(minScore),
                  Plural.of(lines.lines().size(), "line")));
      if (lines.lines().isEmpty()) {
        throw InvalidInputException.of(
            "No run passed the metric, so there is nothing to train with",
            "lower --min-score, or take a better --model");
      }
      return Optional.of(lines.toJsonl());
    }
  }

  private FineTuning<ObjectNode, ObjectNode> tuning(
      ProgramFile project, double minScore, @Nullable Path teacher) {
    FineTuning<ObjectNode, ObjectNode> tuning =
        FineTuning.of(given.compiled().orElseThrow(), project.metric()).minScore(minScore);
    return teacher == null
        ? tuning
        : tuning.withTeacher(given.context().call(() -> Compiled.load(project.program(), teacher)));
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
