package dev.hone.cli.optimize;

import dev.hone.cli.compare.NamedProgram;
import dev.hone.compiled.Compiled;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run leaves beside the project file: the program that the other commands take, and the
 * report. A program that is shown to be worse is not put there, nor one that was not tested in the
 * place of another; the run folder has it. A program that was there before is kept under another
 * name.
 *
 * @param program where what was found is: beside the project file, or in the run folder
 * @param report where the report is
 * @param earlier where the program is that was there before; empty if there was none, or the same
 * @param keptBecause why what is beside the project file stays as it was; empty if it does not
 */
record SavedProgram(
    Path program, Path report, Optional<Path> earlier, Optional<String> keptBecause) {
  /** What is known of the worth of what was found. */
  enum Worth {
    TESTED,
    UNTESTED,
    WORSE
  }

  /** Puts what is in the run folder beside the project file, if it may be there. */
  static SavedProgram of(OptimizeRun run, Compiled<ObjectNode, ObjectNode> found, Worth worth) {
    ProgramFile project = run.project();
    Path usual = NamedProgram.usual(project);
    boolean other = Files.exists(usual) && !isSame(project, usual, found);
    if (worth == Worth.WORSE || worth == Worth.UNTESTED && other) {
      String what =
          Files.exists(usual) ? usual.getFileName() + " stays" : "The program as written stays";
      String why = worth == Worth.WORSE ? "" : ": what was found was not tested, and may be worse";
      return new SavedProgram(
          run.folder().program(),
          report(project),
          Optional.empty(),
          Optional.of(what + " as it was" + why + "."));
    }
    Optional<Path> earlier = other ? Optional.of(setAside(project, usual)) : Optional.empty();
    copy(run.folder().program(), usual);
    return new SavedProgram(usual, report(project), earlier, Optional.empty());
  }

  /** Nothing yet. */
  static SavedProgram none(OptimizeRun run) {
    return new SavedProgram(
        run.folder().program(), report(run.project()), Optional.empty(), Optional.of(""));
  }

  private static Path report(ProgramFile project) {
    return project.file().resolveSibling(project.name() + ".report.html");
  }

  /** Whether the other commands take what was found. */
  boolean installed() {
    return keptBecause.isEmpty();
  }

  /** How the file of what was found is called in a sentence. */
  String found() {
    return installed() ? String.valueOf(program.getFileName()) : program.toString();
  }

  private static Path setAside(ProgramFile project, Path program) {
    Path kept = project.file().resolveSibling(project.name() + ".program.bak.json");
    copy(program, kept);
    return kept;
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSame(
      ProgramFile project, Path program, Compiled<ObjectNode, ObjectNode> found) {
    try {
      return Compiled.load(project.program(), program).state().equals(found.state());
    } catch (RuntimeException e) {
      return false; // of another shape of the project; all the more it is kept
    }
  }
}
