package dev.hone.cli.optimize;

import dev.hone.cli.frame.ProgramChoice;
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
 * report. A program that was there before is kept under another name.
 *
 * @param program where the program is
 * @param report where the report is
 * @param earlier where the program is that was there before; empty if there was none, or the same
 */
record SavedProgram(Path program, Path report, Optional<Path> earlier) {
  static SavedProgram of(ProgramFile project, Compiled<ObjectNode, ObjectNode> found) {
    Path program = program(project);
    Path report = project.file().resolveSibling(project.name() + ".report.html");
    Optional<Path> earlier = setAside(project, program, found);
    found.save(program);
    return new SavedProgram(program, report, earlier);
  }

  /** Where the program of a project is. */
  static Path program(ProgramFile project) {
    return ProgramChoice.file(project);
  }

  private static Optional<Path> setAside(
      ProgramFile project, Path program, Compiled<ObjectNode, ObjectNode> found) {
    if (!Files.exists(program) || isSame(project, program, found)) {
      return Optional.empty();
    }
    Path kept = project.file().resolveSibling(project.name() + ".program.bak.json");
    try {
      Files.copy(program, kept, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(kept);
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
