package dev.hone.cli.run;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.BegunAnswers;
import dev.hone.cli.files.InputValues;
import dev.hone.cli.files.ProgramChoice;
import dev.hone.cli.files.ProgramOption;
import dev.hone.cli.frame.BatchOption;
import dev.hone.cli.frame.BudgetOptions;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.ProjectArgument;
import dev.hone.cli.model.ModelOptions;
import dev.hone.cli.model.ModelOptions.OpenModel;
import dev.hone.cli.progress.Progress;
import dev.hone.cli.spark.SparkOptions;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone run}. */
@Command(
    name = "run",
    description = {
      "Answers one input, or every row of a file.",
      "One input: hone run tickets text='My parcel is lost', or on standard input.",
      "A file: hone run tickets new.csv --out answered.csv. It is written as it was read"
          + " (separator, encoding, decimal comma, all columns to the letter), with the outputs"
          + " beside each row, and hone_error where a row failed; the other rows go on."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  /** More than any value can have. */
  private static final int MOST_CHARS = 16_000_000;

  private final StandardStreams streams;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "INPUT",
      description =
          "NAME=VALUE for each input, or a file (CSV, TSV, JSON lines), or - for a file on standard"
              + " input. Without any, standard input is one input: a text, or a JSON object.")
  private List<String> inputs = List.of();

  @Option(names = "--text", paramLabel = "TEXT", description = "The input, where there is one.")
  private @Nullable String text;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where the answered rows of a file go (default: standard output).")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      description = "Goes on with the file of --out after its last whole row, with the same rows.")
  private boolean resume;

  @Option(
      names = "--safe-cells",
      description =
          "Writes an apostrophe before answers of a CSV file that a spreadsheet would take for"
              + " formulas. Default: they stand as they are.")
  private boolean safeCells;

  @Option(
      names = "--max-errors",
      paramLabel = "N",
      description =
          "Ends when more rows failed (default: no limit, but the first 20 must not all fail).")
  private @Nullable Long maxErrors;

  @Mixin private ProgramOption program = new ProgramOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private BatchOption batch = new BatchOption();
  @Mixin private SparkOptions spark = new SparkOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  /** With the standard streams of the process. */
  public RunCommand() {
    this(StandardStreams.ofProcess());
  }

  RunCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    try (ProgramFile file = project.load()) {
      InputValues values = new InputValues(file.signature());
      Optional<String> rows = rows(values);
      if (spark.isSpark()) {
        return runOnSpark(file, rows);
      }
      if (rows.isPresent()) {
        return runFile(file, rows.get());
      }
      if (batch.isGiven()) {
        throw InvalidInputException.of(
            "--batch is for the rows of a file, and there is none",
            "name it: hone run PROJECT DATA.csv --batch --out answered.csv");
      }
      return runOne(file, input(values));
    }
  }

  /** The argument that is a file; {@code -} for standard input. */
  private Optional<String> rows(InputValues values) {
    List<String> files = inputs.stream().filter(input -> !values.isValue(input)).toList();
    if (files.size() > 1 || (files.size() == 1 && (inputs.size() > 1 || text != null))) {
      throw InvalidInputException.of(
          "There are %s and other inputs; a run takes one file, or the values of one input (%s)"
              .formatted(files.get(0), values.names()),
          "run them one after the other");
    }
    if (files.isEmpty() && (out != null || resume)) {
      throw InvalidInputException.of(
          (out == null ? "--resume" : "--out") + " is for the rows of a file, and there is none",
          "name it: hone run PROJECT DATA.csv --out answered.csv");
    }
    return files.stream().findFirst();
  }

  private ObjectNode input(InputValues values) {
    if (text != null) {
      return values.ofText(text);
    } else if (!inputs.isEmpty()) {
      Map<String, String> byName = new LinkedHashMap<>();
      for (String input : inputs) {
        int sign = input.indexOf('=');
        byName.put(input.substring(0, sign), input.substring(sign + 1));
      }
      return values.ofTexts(byName);
    }
    return values.ofText(standardInput(values));
  }

  private String standardInput(InputValues values) {
    if (streams.isTerminal()) {
      throw InvalidInputException.of(
          "There is nothing to answer; the program takes " + values.names(),
          "say it, such as --text '…', or name a file");
    }
    try {
      byte[] bytes = streams.in().readNBytes(MOST_CHARS);
      return new String(bytes, Charset.defaultCharset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows go to Spark as they are; what it prints and returns is what this prints and returns. */
  private int runOnSpark(ProgramFile file, Optional<String> rows) {
    if (rows.isEmpty() || rows.get().equals("-")) {
      throw InvalidInputException.of(
          "A run on Spark answers the rows of a file, and none is named",
          "name it: hone run %s DATA.csv --engine spark".formatted(file.name()));
    }
    if (safeCells || resume || maxErrors != null || batch.isGiven() || budget.any()) {
      throw InvalidInputException.of(
          "--safe-cells, --resume, --max-errors, --batch and budgets are for runs on this machine",
          "leave them out; a run on Spark goes on with its folder by itself");
    }
    String chosen = program.of(file).name();
    Optional<Path> saved =
        chosen.equals(ProgramChoice.AS_WRITTEN) ? Optional.empty() : Optional.of(Path.of(chosen));
    return spark.run(
        new SparkOptions.Job(
            file.file(),
            saved,
            model.name(file.model()),
            model.inFlight(),
            model.rates().requestsOnSpark(),
            rows.get(),
            outAsWritten()));
  }

  /** As it was written: a path takes the second slash from {@code s3a://…}. */
  private @Nullable String outAsWritten() {
    return out == null ? null : spec.findOption("--out").originalStringValues().get(0);
  }

  private int runOne(ProgramFile file, ObjectNode input) {
    ProgramChoice chosen = program.of(file);
    ObjectNode answer;
    try (OpenModel open = model.open(file.model());
        Progress progress = Progress.of(output)) {
      answer = context(file, open, progress).call(() -> chosen.program().run(input));
    }
    output.result(() -> text(answer), () -> answer);
    output.next(
        "hone run %s DATA.csv --out answered.csv".formatted(file.name()),
        "hone serve " + file.name());
    return ExitCodes.WORKED;
  }

  private static String text(ObjectNode answer) {
    return answer.properties().stream()
        .map(
            entry ->
                entry.getKey()
                    + ": "
                    + (entry.getValue().isString()
                        ? entry.getValue().stringValue()
                        : Json.write(entry.getValue())))
        .collect(Collectors.joining("\n"));
  }

  private Context context(ProgramFile file, OpenModel open, Progress progress) {
    return Context.builder()
        .lm(open.lm())
        .options(file.modelOptions())
        .budget(budget.over(file))
        .listener(progress)
        .build();
  }

  private int runFile(ProgramFile file, String rows) {
    if (output.json() && out == null) {
      throw InvalidInputException.of(
          "With --json the counts go to standard output, and so do the rows",
          "name a file for the rows: --out answered.csv");
    }
    if (batch.isGiven() && out == null) {
      throw InvalidInputException.of(
          "With --batch the rows go to a file, beside which it is remembered what is handed in",
          "name it: --out answered.csv");
    }
    FileRun run =
        FileRun.of(file, rows, new FileRun.Target(Optional.ofNullable(out), safeCells), streams);
    run.requireOut(resume);
    BegunAnswers begun = BegunAnswers.of(Optional.ofNullable(out), resume);
    Optional<String> named = begun.model(file.model());
    begun.requireModel(model.name(named));
    ProgramChoice chosen = program.of(file);
    run.check(output);
    RunCounts counts;
    try (OpenModel open = model.open(named, begun.batches(batch.isGiven()));
        Progress progress = Progress.of(output)) {
      open.listen(progress);
      boolean unlimited = !budget.any() && !open.spec().provider().isInProcess();
      output.say(run.heading(chosen.name(), open.spec().text(), unlimited));
      begun.begin(open.spec().text(), open.isBatched());
      counts =
          context(file, open, progress)
              .call(() -> run.answer(chosen.program(), Optional.ofNullable(maxErrors), progress));
      if (counts.end().isEmpty()) {
        open.forgetBatches();
        begun.end();
      }
    }
    return ended(file, run, counts);
  }

  private int ended(ProgramFile file, FileRun run, RunCounts counts) {
    if (output.json()) {
      output.result(counts::text, counts::json);
    } else {
      output.say(counts.text());
    }
    counts.end().ifPresent(end -> throwUnchanged(run, end));
    output.next("hone evaluate " + file.name(), "hone serve " + file.name());
    return counts.failed() > 0 ? ExitCodes.FAILED : ExitCodes.WORKED;
  }

  private void throwUnchanged(FileRun run, RuntimeException end) {
    run.goOn(spec.commandLine().getParseResult().originalArgs()).ifPresent(output::next);
    throw end;
  }
}
