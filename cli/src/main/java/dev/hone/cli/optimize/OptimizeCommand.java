package dev.hone.cli.optimize;

import dev.hone.InvalidInputException;
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
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.project.ProgramFile;
import dev.hone.report.LiveReport;
import dev.hone.report.RunRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The command {@code hone optimize}. */
@Command(
    name = "optimize",
    description = {
      "Finds better instructions and examples for a project's program.",
      "Learns from the project's learning rows, tests before and after on its test rows, which the"
          + " optimizer does not see. Says what it costs at most before it begins. Ctrl-C keeps the"
          + " best so far; --resume goes on."
    },
    footer = {
      "%nExamples:",
      "  hone optimize tickets",
      "  hone optimize tickets --model openai:gpt-4o-mini --max-cost 1.00",
      "  hone optimize tickets --optimizer random-search --set candidatePrograms=8",
      "  hone optimize tickets --resume",
      "%nExit codes: 0 better, 3 not shown to be better, 4 a budget was spent, 130 Ctrl-C."
    },
    mixinStandardHelpOptions = true)
public final class OptimizeCommand implements Callable<Integer> {
  @Mixin private ProjectArgument project = new ProjectArgument();
  @Mixin private OptimizerOptions optimizer = new OptimizerOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description =
          "The folder of this run (default: PROJECT.runs/DATE-TIME): journal, record, program and"
              + " report.")
  private @Nullable Path run;

  @Option(
      names = "--resume",
      arity = "0..1",
      paramLabel = "DIR",
      fallbackValue = "",
      description =
          "Goes on with a run that ended early: the newest, or the one in DIR. What was paid for is"
              + " not paid for again.")
  private @Nullable String resume;

  @Option(
      names = "--show-test-rows",
      description =
          "Keeps the texts of test rows, with the answers before and after, in record and report."
              + " Without it they have the rows' numbers and scores only: who reads test rows tunes"
              + " on them.")
  private boolean showTestRows;

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private BatchOption batch = new BatchOption();
  @Mixin private Consent consent = new Consent();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    try (ProgramFile file = project.load()) {
      Optional<RunFolder> earlier = earlier(file);
      JsonNode begun = earlier.map(RunFolder::begun).orElse(Json.object());
      OptimizerChoice said = optimizer.over(file, OptimizerChoice.fromJson(begun));
      OptimizerChoice choice = batch.isGiven() && earlier.isEmpty() ? said.forBatches(file) : said;
      if (optimizer.asksForHelp()) {
        output.result(() -> SettingsList.text(choice, file), () -> SettingsList.json(choice, file));
        return ExitCodes.WORKED;
      }
      RunFolder folder = earlier.orElseGet(() -> fresh(file));
      Optional<String> named = begun.path("model").asStringOpt().or(file::model);
      Optional<Path> batches =
          Optional.of(folder.batches())
              .filter(unused -> batch.isGiven() || RunFolder.isBatched(begun));
      try (OpenModel open = model.openUnasked(named, batches)) {
        ProgramFile served = open.serving(file);
        choice.optimizer(served); // what cannot be used is said before the data is read
        return planned(
            new OptimizeRun(served, served.data(), open, choice, folder, budget.over(served)),
            RunFolder.look(begun));
      }
    }
  }

  private int planned(OptimizeRun work, Optional<TestLooks> earlierLook) {
    OptimizationPlan plan = work.plan();
    work.requireBudget(plan);
    output.say(OptimizeText.heading(work, plan));
    plan.notes().forEach(note -> output.say("note: " + note));
    if (work.model().isBatched()) {
      output.say("note: " + OptimizeText.BATCHES);
    }
    String cost = OptimizeText.cost(plan);
    if (!consent.isGiven(work.model().all(), cost)) {
      output.say("Nothing was done.");
      return ExitCodes.UNUSABLE;
    }
    output.say(cost + ".");
    work.model().probe();
    OptionalInt look = OptionalInt.empty();
    if (work.data().test().size() > 0) {
      TestLooks counted =
          earlierLook.orElseGet(() -> TestLooks.count(work.project(), Clock.systemUTC()));
      output.say(counted.inWords());
      look = OptionalInt.of(counted.count());
    }
    work.folder().begin(work.project(), work.choice(), work.model(), look);
    OptimizeResult result = done(work);
    int exitCode = result.exitCode();
    output.result(() -> OptimizeText.of(result), () -> OptimizeText.json(result));
    if (result.isWhole()) {
      work.model().forgetBatches();
    }
    String name = work.project().name();
    if (result.canGoOn()) {
      output.next(
          work.folder().resuming(work.project()) + (batch.isGiven() ? " --batch" : ""),
          "hone show " + name);
    } else if (!result.saved().installed()) {
      output.next("hone show " + work.folder().path(), "hone show " + name);
    } else {
      output.next("hone show " + name, "hone run " + name + " DATA.csv");
    }
    return exitCode;
  }

  /** Runs it, while the report in the run folder follows. */
  @SuppressWarnings("try") // the report follows until it is closed
  private OptimizeResult done(OptimizeRun work) {
    RunRecorder recorder =
        RunRecorder.named(work.project().name())
            .with("project", String.valueOf(work.project().file().getFileName()))
            .with("optimizer", work.choice().inWords(work.project()))
            .with("test rows", showTestRows ? "shown, by --show-test-rows" : "not shown");
    if (!showTestRows) {
      recorder.withoutTexts();
    }
    OptimizeResult result;
    try (Progress progress = Progress.of(output);
        LiveReport live = LiveReport.into(work.folder().path(), recorder)) {
      work.model().listen(progress);
      result = recorded(work, progress, recorder);
      work.model().cache().usage().ifPresent(progress::say);
    }
    copyReport(work.folder().report(), result.saved().report());
    return result;
  }

  private static OptimizeResult recorded(
      OptimizeRun work, Progress progress, RunRecorder recorder) {
    try {
      OptimizeResult result = work.run(progress, recorder);
      if (result.stopped()) {
        recorder.stopped("Stopped by Ctrl-C; the best so far is kept.");
      } else {
        recorder.finished();
      }
      return result;
    } catch (RuntimeException e) {
      recorder.failed(e);
      throw e;
    }
  }

  /** The result is paid for: what goes wrong here does not hide it. */
  private void copyReport(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      output.say(
          "note: %s cannot be written: %s; the report is %s"
              .formatted(to, WholeFile.inWords(e), from));
    }
  }

  private Optional<RunFolder> earlier(ProgramFile file) {
    if (resume == null) {
      return Optional.empty();
    } else if (!resume.isBlank()) {
      return Optional.of(new RunFolder(Path.of(resume)));
    }
    return Optional.of(run == null ? RunFolder.newest(file) : new RunFolder(run));
  }

  private RunFolder fresh(ProgramFile file) {
    if (run == null) {
      return RunFolder.next(file, Clock.systemUTC());
    }
    if (Files.exists(run.resolve("run.json"))) {
      throw InvalidInputException.of(
          "The folder %s has a run already".formatted(run),
          "name another one, or go on with it: --resume " + run);
    }
    return new RunFolder(run);
  }
}
