package dev.hone.cli.project;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.ProgramChoice;
import dev.hone.cli.files.TestLooks;
import dev.hone.cli.frame.BatchOption;
import dev.hone.cli.frame.BudgetOptions;
import dev.hone.cli.frame.Consent;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.ProjectArgument;
import dev.hone.cli.model.ModelOptions;
import dev.hone.cli.model.ModelOptions.OpenModel;
import dev.hone.cli.progress.Progress;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import dev.hone.project.ProjectData;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Scores a project's program on its rows. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores the program of a project: on the rows to learn from, whose failures may be read; with"
          + " --test on the test rows.",
      "Who improves a task by the test rows tunes on them, so each look is counted and no test row"
          + " is shown."
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ProjectArgument project = new ProjectArgument();
  @Mixin private ModelOptions models = new ModelOptions();
  @Mixin private BatchOption batch = new BatchOption();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private Consent consent = new Consent();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description =
          "The program that is scored, or as-written for the project file's own. Default:"
              + " NAME.program.json beside the project, if there is one.")
  private @Nullable String program;

  @Option(names = "--test", description = "Scores on the test rows, and counts that look at them.")
  private boolean test;

  @Option(
      names = "--failures",
      paramLabel = "FILE",
      description =
          "Writes all rows that are not fully right into this file (CSV). With --test that shows"
              + " test rows.")
  private @Nullable Path failures;

  @Override
  public Integer call() {
    try (ProgramFile loaded = project.load();
        OpenModel open = models.openUnasked(loaded.model(), batches(loaded))) {
      return scored(open.serving(loaded), open);
    }
  }

  /** What is remembered there is of use until the score is known. */
  private Optional<Path> batches(ProgramFile file) {
    return Optional.of(file.file().resolveSibling(file.name() + ".batches"))
        .filter(folder -> batch.isGiven());
  }

  private int scored(ProgramFile file, OpenModel open) {
    ProjectData data = file.data();
    Dataset<ObjectNode, ObjectNode> rows = test ? data.test() : data.learn();
    requireRows(file, rows);
    ProgramChoice chosen = ProgramChoice.of(file, program);
    if (!consent.isGiven(open.all(), cost(file, rows))) {
      output.say("Nothing was done.");
      return ExitCodes.UNUSABLE;
    }
    open.probe();
    EvaluationResult result =
        new EvaluationResult(
            file,
            chosen.name(),
            open.spec().text(),
            test,
            looks(file),
            evaluated(file, chosen.program(), rows, open));
    EvaluationText text = new EvaluationText(result, TextTable.width());
    output.result(text::text, () -> EvaluationJson.of(result));
    writeFailures(result);
    next(file);
    boolean failed =
        result.evaluation().results().stream().anyMatch(row -> row.error().isPresent());
    return failed ? ExitCodes.FAILED : ExitCodes.WORKED;
  }

  private static String cost(ProgramFile file, Dataset<ObjectNode, ObjectNode> rows) {
    long calls = (long) rows.size() * file.prompts().size();
    return "At least %s".formatted(Plural.of(calls, "call"));
  }

  private void requireRows(ProgramFile file, Dataset<ObjectNode, ObjectNode> rows) {
    if (rows.size() == 0) {
      throw InvalidInputException.of(
          "The project %s has no %s rows".formatted(file.name(), test ? "test" : "learning"),
          "change split in " + file.file());
    }
  }

  private Evaluation<ObjectNode, ObjectNode> evaluated(
      ProgramFile file,
      Program<ObjectNode, ObjectNode> scored,
      Dataset<ObjectNode, ObjectNode> rows,
      OpenModel open) {
    try (Progress progress = Progress.of(output)) {
      progress.stage(
          "evaluating on %s".formatted(Plural.of(rows.size(), test ? "test row" : "learning row")));
      open.listen(progress);
      Context context = open.context(file).budget(budget.over(file)).listener(progress).build();
      var evaluation = context.call(() -> Evaluator.of(rows, file.metric()).evaluate(scored));
      open.forgetBatches();
      return evaluation;
    }
  }

  /** Counted before the rows are scored: a look that is broken off is one too. */
  private Optional<TestLooks> looks(ProgramFile file) {
    return test ? Optional.of(TestLooks.count(file, Clock.systemUTC())) : Optional.empty();
  }

  private void writeFailures(EvaluationResult result) {
    if (failures != null) {
      int written = new FailureFile(failures).write(result);
      output.say("wrote %s into %s".formatted(Plural.of(written, "row"), failures));
    }
  }

  private void next(ProgramFile file) {
    String name = InitCommand.shown(file.file(), file.name());
    output.next(
        "hone show %s (the prompt)".formatted(name),
        test ? "hone run %s NEW.csv".formatted(name) : "hone optimize " + name);
  }
}
