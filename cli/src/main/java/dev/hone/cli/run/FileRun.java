package dev.hone.cli.run;

import dev.hone.InvalidInputException;
import dev.hone.batch.BatchFailedException;
import dev.hone.batch.BatchReport;
import dev.hone.batch.BatchRun;
import dev.hone.batch.RowsToAnswer;
import dev.hone.cli.files.InputValues;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.progress.Progress;
import dev.hone.data.DatasetFormatException;
import dev.hone.data.Source;
import dev.hone.data.format.FileFormat;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import dev.hone.project.data.DataFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A program over the rows of a file or of standard input. */
final class FileRun {
  /** Enough to see separator, encoding, decimal commas and dates. */
  private static final int SNIFFED_BYTES = 1 << 20;

  /** What a shell takes as it is. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@=,+%\\\\-]+");

  private final ProgramFile project;
  private final String name;
  private final DataFormat format;
  private final Source source;
  private final RowsToAnswer<ObjectNode, ObjectNode> rows;
  private final Optional<Path> out;
  private final StandardStreams streams;
  private final Clock clock = Clock.systemUTC();

  private FileRun(
      ProgramFile project,
      String name,
      DataFormat format,
      Source source,
      Target target,
      StandardStreams streams) {
    this.project = project;
    this.name = name;
    this.format = format;
    this.source = source;
    this.out = target.file();
    this.streams = streams;
    FileFormat file = format.kind() == DataFormat.Kind.CSV ? FileFormat.csv() : FileFormat.jsonl();
    FileFormat written =
        file.encoded(format.encoding(), format.hasByteOrderMark())
            .withLineEnd(format.lineEnd())
            .withCells(target.safe() ? format.cells().withSafeTexts() : format.cells());
    boolean stream = name.equals("-");
    this.rows =
        (stream
                ? RowsToAnswer.of(source, written, project.signature())
                : RowsToAnswer.of(Path.of(name), written, project.signature()))
            .columns(project.columns());
  }

  /**
   * Where answers go.
   *
   * @param file the file; empty for standard output
   * @param safe whether no text is to be a formula for a spreadsheet
   */
  record Target(Optional<Path> file, boolean safe) {}

  /**
   * A run over a file, or over standard input, which {@code -} stands for.
   *
   * @throws InvalidInputException if it cannot be read, or is no such file
   */
  static FileRun of(ProgramFile project, String name, Target target, StandardStreams streams) {
    if (name.equals("-")) {
      BufferedInputStream in = new BufferedInputStream(streams.in(), SNIFFED_BYTES);
      DataFormat found = DataFormat.sniff("standard input", beginning(in));
      return new FileRun(project, name, found, Source.of("standard input", in), target, streams);
    }
    Path file = Path.of(name);
    if (!Files.exists(file)) {
      throw InvalidInputException.of(
          "There is no file " + name,
          "check its name; a value is given as NAME=VALUE (%s), a text as --text '…'"
              .formatted(new InputValues(project.signature()).names()));
    }
    return new FileRun(project, name, project.format(file), Source.of(file), target, streams);
  }

  private static byte[] beginning(BufferedInputStream in) {
    try {
      in.mark(SNIFFED_BYTES);
      byte[] bytes = in.readNBytes(SNIFFED_BYTES);
      in.reset();
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks that no file is written over by mistake.
   *
   * @throws InvalidInputException if the file of the answers is there, and is not to be gone on
   *     with; or it is to be gone on with and there is none to be
   */
  void requireOut(boolean resume) {
    if (resume && out.isEmpty()) {
      throw InvalidInputException.of(
          "--resume goes on with the file of --out, and there is no --out", "say both");
    }
    boolean there = out.filter(file -> exists(file)).isPresent();
    if (there && !resume) {
      throw InvalidInputException.of(
          "The file %s is there already".formatted(out.get()),
          "go on with it: --resume; or name another one");
    }
  }

  private static boolean exists(Path file) {
    try {
      return Files.exists(file) && Files.size(file) > 0;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Reads the first rows of a file, and says which do not fit, before anything is called.
   *
   * @throws InvalidInputException if the header does not fit, or no row does
   */
  void check(OutputOptions output) {
    if (name.equals("-")) {
      return;
    }
    FirstRows first = firstRows();
    first.requireSomeGood(name);
    first.note().ifPresent(output::say);
  }

  private FirstRows firstRows() {
    try {
      return FirstRows.of(
          () -> format.stream(source, project.signature(), project.columns().inputsOnly()));
    } catch (DatasetFormatException e) {
      // What is to be done about a header is said in Java.
      String problem = String.valueOf(e.getMessage()).replaceFirst("(?s) Maybe .*", "");
      throw InvalidInputException.of(
          problem.replaceFirst("\\.$", ""),
          "a column has another name; say which, in the project file: column: NAME beside the"
              + " input");
    }
  }

  /** What is to be done, in a line. */
  String heading(String program, String model, boolean unlimited) {
    return "%s: %s; %s on %s%s"
        .formatted(
            name.equals("-") ? "standard input" : name,
            format.inWords(),
            program,
            model,
            unlimited ? "; no limit of calls (--max-calls, --max-cost)" : "");
  }

  /** Runs the program over all rows; what ends it early is in the counts. */
  RunCounts answer(
      Program<ObjectNode, ObjectNode> program, Optional<Long> maxErrors, Progress progress) {
    progress.stage("rows");
    FailedLines lines = new FailedLines();
    BatchRun<ObjectNode, ObjectNode> run = BatchRun.of(program).listener(lines);
    BatchRun<ObjectNode, ObjectNode> limited =
        maxErrors.isPresent() ? run.maxErrors(maxErrors.get()) : run;
    RunCounts.Started started = new RunCounts.Started(clock, lines);
    try {
      BatchReport report =
          out.isPresent() ? limited.answer(rows, out.get()) : limited.answer(rows, streams.out());
      return started.ended(report);
    } catch (RuntimeException e) {
      BatchReport report =
          BatchFailedException.in(e).map(BatchFailedException::report).orElseThrow(() -> e);
      return started.ended(report, Optional.of(inWords(e)));
    }
  }

  /** What ended it, without what only programmers can do. */
  private RuntimeException inWords(RuntimeException end) {
    if (!(end instanceof BatchFailedException)) {
      return end;
    }
    String message =
        String.valueOf(end.getMessage()).replaceFirst(" Maybe try one row with .*", "");
    return new RowsFailedException(
        message
            + " Maybe try one row: hone run %s --text '…'; or let them fail: --max-errors 1000000."
                .formatted(project.name()),
        end);
  }

  /**
   * The command that goes on, if the rows are in files.
   *
   * @param typed the arguments of this one
   */
  Optional<String> goOn(List<String> typed) {
    String same = typed.stream().map(FileRun::quoted).collect(Collectors.joining(" "));
    return out.filter(file -> !name.equals("-"))
        .map(file -> "hone " + same + (typed.contains("--resume") ? "" : " --resume"));
  }

  /** As a shell takes it for one argument. */
  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
