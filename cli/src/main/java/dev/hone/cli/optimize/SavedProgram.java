package dev.hone.cli.optimize;

import dev.hone.cli.files.ProgramChoice;
import dev.hone.compiled.Compiled;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Puts what is in the run folder beside the project file, if it may be there. Never throws. */
  static SavedProgram of(OptimizeRun run, Compiled<ObjectNode, ObjectNode> found, Worth worth) {
    ProgramFile project = run.project();
    Path usual = ProgramChoice.file(project);
    boolean there = Files.exists(usual);
    boolean other = there && !isSame(project, usual, found);
    if (worth == Worth.WORSE) {
      return kept(run, worse(usual, there, other));
    } else if (worth == Worth.UNTESTED && other) {
      String name = String.valueOf(usual.getFileName());
      return kept(run, name + " stays as it was: what was found was not tested, and may be worse.");
    }
    try {
      Optional<Path> earlier = other ? Optional.of(setAside(project, usual)) : Optional.empty();
      copy(run.folder().program(), usual);
      return new SavedProgram(usual, report(project), earlier, Optional.empty());
    } catch (IOException e) {
      return kept(run, "%s cannot be written: %s.".formatted(usual, WholeFile.inWords(e)));
    } catch (UnwritableFileException e) {
      return kept(run, "%s cannot be written: %s.".formatted(usual, e.problem()));
    }
  }

  private static String worse(Path usual, boolean there, boolean other) {
    if (!there) {
      return "The program as written stays as it was.";
    }
    return other
        ? usual.getFileName() + " stays as it was."
        : usual.getFileName() + " is this program: delete it, for the program as written.";
  }

  private static SavedProgram kept(OptimizeRun run, String because) {
    return new SavedProgram(
        run.folder().program(), report(run.project()), Optional.empty(), Optional.of(because));
  }

  /** Nothing yet. */
  static SavedProgram none(OptimizeRun run) {
    return kept(run, "");
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

  private static Path setAside(ProgramFile project, Path program)
      throws IOException, UnwritableFileException {
    Path kept = project.file().resolveSibling(project.name() + ".program.bak.json");
    copy(program, kept);
    return kept;
  }

  private static void copy(Path from, Path to) throws IOException, UnwritableFileException {
    new WholeFile(to, String.valueOf(to.getFileName())).write(Files.readString(from));
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
