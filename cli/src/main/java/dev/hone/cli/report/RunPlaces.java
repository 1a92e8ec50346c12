package dev.hone.cli.report;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.RunOrder;
import dev.hone.file.WholeFile;
import dev.hone.report.LiveReport;
import dev.hone.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where the files of runs are. */
final class RunPlaces {
  private static final String RUNS = ".runs";

  private RunPlaces() {}

  /**
   * The record that an argument means: a file, that of a run folder, or of the newest run of a
   * project or of a folder of runs.
   *
   * @throws InvalidInputException if there is none
   */
  static Path record(Path argument) {
    if (Files.isRegularFile(argument)) {
      return argument;
    }
    if (Files.isRegularFile(argument.resolve(RunRecord.FILE))) {
      return argument.resolve(RunRecord.FILE);
    }
    Path ofProject = argument.resolveSibling(argument.getFileName() + RUNS);
    for (Path folder : List.of(argument, ofProject)) {
      if (Files.isDirectory(folder)) {
        return newest(folder);
      }
    }
    throw InvalidInputException.of(
        "There is no run %s, and no folder %s".formatted(argument, ofProject),
        "make one: hone optimize PROJECT");
  }

  /**
   * Reads records; those of one name are told apart by their folders.
   *
   * @throws InvalidInputException if one cannot be read
   */
  static List<RunRecord> read(List<Path> files) {
    List<RunRecord> records = files.stream().map(RunRecord::read).toList();
    List<String> names = records.stream().map(RunRecord::name).toList();
    return IntStream.range(0, records.size())
        .mapToObj(
            i -> {
              boolean shared = Collections.frequency(names, names.get(i)) > 1;
              RunRecord record = records.get(i);
              return shared
                  ? record.withName(names.get(i) + " in " + folder(files.get(i)))
                  : record;
            })
        .toList();
  }

  private static String folder(Path record) {
    Path folder = record.toAbsolutePath().normalize().getParent();
    return folder == null || folder.getFileName() == null ? "/" : folder.getFileName().toString();
  }

  /** Runs are named by the time at which they began. */
  private static Path newest(Path folder) {
    try (Stream<Path> runs = Files.list(folder)) {
      return runs.filter(run -> Files.isRegularFile(run.resolve(RunRecord.FILE)))
          .max(new RunOrder())
          .map(run -> run.resolve(RunRecord.FILE))
          .orElseThrow(
              () ->
                  InvalidInputException.of(
                      "%s has no %s, nor has a folder in it".formatted(folder, RunRecord.FILE),
                      "name a run's folder, such as NAME.runs/20261130-101500"));
    } catch (IOException e) {
      throw InvalidInputException.of(
          "%s cannot be looked into: %s".formatted(folder, WholeFile.inWords(e)),
          "check its permissions");
    }
  }

  /** Where the report of some records goes. */
  static Path report(List<Path> records) {
    return records.size() == 1
        ? records.get(0).resolveSibling(LiveReport.FILE)
        : Path.of("runs." + LiveReport.FILE);
  }
}
