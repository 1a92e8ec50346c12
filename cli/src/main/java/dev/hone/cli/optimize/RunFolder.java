package dev.hone.cli.optimize;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.RunOrder;
import dev.hone.cli.files.RunProject;
import dev.hone.cli.files.TestLooks;
import dev.hone.cli.model.ModelOptions.OpenModel;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder that holds everything of one run: a copy of the project file, what was chosen, the
 * journal, the record, the program and the report.
 *
 * @param path where it is
 */
record RunFolder(Path path) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String CHOICE = RunProject.CHOICE;
  private static final String LOOK = "look";
  private static final String BATCH = "batch";

  /** Where the runs of a project are by default. */
  static Path runs(ProgramFile project) {
    return project.file().resolveSibling(project.name() + ".runs");
  }

  /** A new folder among the runs of a project; not made yet. */
  static RunFolder next(ProgramFile project, Clock clock) {
    Path runs = runs(project);
    String name = NAME.format(clock.instant());
    Path free = runs.resolve(name);
    for (int i = 2; Files.exists(free); i++) {
      free = runs.resolve(name + "-" + i);
    }
    return new RunFolder(free);
  }

  /**
   * The newest run of a project.
   *
   * @throws InvalidInputException if there is none
   */
  static RunFolder newest(ProgramFile project) {
    Path runs = runs(project);
    try (Stream<Path> folders = Files.isDirectory(runs) ? Files.list(runs) : Stream.empty()) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(CHOICE)))
          .max(new RunOrder())
          .map(RunFolder::new)
          .orElseThrow(
              () ->
                  InvalidInputException.of(
                      "There is no run of %s in %s to go on with".formatted(project.name(), runs),
                      "begin one: hone optimize " + project.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that goes on with this run, if it is the newest of its project. */
  String resuming(ProgramFile project) {
    Path parent = path.toAbsolutePath().normalize().getParent();
    boolean usual = runs(project).toAbsolutePath().normalize().equals(parent);
    return "hone optimize %s --resume%s".formatted(project.name(), usual ? "" : " " + path);
  }

  /** Where the journal is. */
  Path journal() {
    return path.resolve("journal");
  }

  /** Where it is remembered which batches were handed in. */
  Path batches() {
    return path.resolve("batches");
  }

  /** Where the program is that was found. */
  Path program() {
    return path.resolve("program.json");
  }

  /** Where the report is. */
  Path report() {
    return path.resolve("report.html");
  }

  /**
   * Makes it, with what the run begins with; one that was begun before keeps what it began with.
   *
   * @param look which look at the test rows this run is; empty without such rows
   */
  void begin(ProgramFile project, OptimizerChoice choice, OpenModel model, OptionalInt look) {
    if (Files.isRegularFile(path.resolve(CHOICE))) {
      return;
    }
    try {
      Files.createDirectories(path);
      write(path.resolve(RunProject.COPY), Files.readString(project.file()));
    } catch (IOException e) {
      throw InvalidInputException.of(
          "The run folder %s cannot be written: %s".formatted(path, WholeFile.inWords(e)),
          "name another one with --run");
    }
    ObjectNode json = choice.toJson().put("model", model.spec().text());
    json.put(BATCH, model.isBatched());
    json.put(RunProject.KEY, RunProject.path(path, project));
    look.ifPresent(number -> json.put(LOOK, number));
    write(path.resolve(CHOICE), Json.pretty(json) + "\n"); // the last one: now it is begun
  }

  /** Whether a run that was begun asks in batches. */
  static boolean isBatched(JsonNode begun) {
    return begun.path(BATCH).asBoolean(false);
  }

  /** Which look at the test rows a run that was begun is; empty if that is not known. */
  static Optional<TestLooks> look(JsonNode begun) {
    int number = begun.path(LOOK).asInt(0);
    return number > 0 ? Optional.of(new TestLooks(number)) : Optional.empty();
  }

  private static void write(Path file, String text) {
    try {
      new WholeFile(file, String.valueOf(file.getFileName())).write(text);
    } catch (UnwritableFileException e) {
      throw InvalidInputException.of(
          "%s cannot be written: %s".formatted(file, e.problem()), e.fix());
    }
  }

  /**
   * What the run began with.
   *
   * @throws InvalidInputException if this is no run folder
   */
  JsonNode begun() {
    Path file = path.resolve(CHOICE);
    try {
      return Json.parseFile(Files.readString(file));
    } catch (IOException e) {
      throw InvalidInputException.of(
          "%s is not the folder of a run: %s cannot be read".formatted(path, file),
          "leave the folder out, for the newest run");
    } catch (JacksonException e) {
      throw InvalidInputException.of(
          "%s is damaged: %s".formatted(file, Json.problem(e)), "begin the run anew");
    }
  }
}
