package dev.hone.cli.report;

import dev.hone.InvalidInputException;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.ProjectArgument;
import dev.hone.cli.frame.StoppedException;
import dev.hone.json.Json;
import dev.hone.report.HtmlReport;
import dev.hone.report.LiveReport;
import dev.hone.report.RunRecord;
import dev.hone.report.RunSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code hone report}. */
@Command(
    name = "report",
    description = {
      "Makes the report of a run, or of several side by side, as one HTML file.",
      "With --serve it follows runs that still go on, in a browser on this machine."
    },
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN",
      description =
          "A run folder, a record.json, or a project's NAME for the newest of its runs, in"
              + " NAME.runs. Not needed where there is only one project here.")
  private List<Path> runs = List.of();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "The file to write (default: report.html beside the record; of several runs"
              + " runs.report.html here).")
  private @Nullable Path out;

  @Option(
      names = "--serve",
      description =
          "Writes nothing; serves the report for this machine only, and follows the runs until"
              + " Ctrl-C.")
  private boolean serve;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    List<Path> files = usable(() -> named().stream().map(RunPlaces::record).toList());
    List<RunRecord> records = usable(() -> RunPlaces.read(files));
    if (serve) {
      serve(files);
    }
    Path file = out != null ? out : RunPlaces.report(files);
    HtmlReport.of(records).write(file);
    RunSummary summary = RunSummary.of(records);
    output.result(
        () -> summary + System.lineSeparator() + "report: " + file,
        () -> summary.toJson().put("report", file.toString()));
    output.say("next: open " + file.toAbsolutePath().normalize().toUri());
    return ExitCode.OK;
  }

  private List<Path> named() {
    return runs.isEmpty() ? List.of(Path.of(ProjectArgument.nameOfTheOnlyOne())) : runs;
  }

  private <T> T usable(Callable<T> reading) {
    try {
      return reading.call();
    } catch (InvalidInputException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves until the command is stopped. */
  private void serve(List<Path> files) {
    try (LiveReport live = LiveReport.serving(() -> RunPlaces.read(files))) {
      String address = live.uri().orElseThrow().toString();
      output.result(() -> address, () -> Json.object().put("address", address));
      output.say("Open it in a browser; Ctrl-C ends it.");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException("no longer served; the runs themselves go on.");
    }
  }
}
