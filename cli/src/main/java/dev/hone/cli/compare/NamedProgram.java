package dev.hone.cli.compare;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.ProgramChoice;
import dev.hone.compiled.Compiled;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program of a project by the name that a command was given: a file, or {@code as-written}.
 *
 * @param name what it is called in the output
 * @param program the program
 */
public record NamedProgram(String name, Program<ObjectNode, ObjectNode> program) {
  /** The program as the project file says it. */
  static final String AS_WRITTEN = ProgramChoice.AS_WRITTEN;

  /**
   * Finds it.
   *
   * @throws InvalidInputException if there is no such file, or it does not fit the project
   */
  static NamedProgram of(ProgramFile project, String given) {
    if (given.equals(AS_WRITTEN)) {
      return new NamedProgram(AS_WRITTEN, project.program());
    }
    return new NamedProgram(given, saved(project, Path.of(given)));
  }

  /** Where the program of a project is that the commands take where none is named. */
  public static Path usual(ProgramFile project) {
    return project.file().resolveSibling(project.name() + ".program.json");
  }

  /** The program in a file. */
  static Compiled<ObjectNode, ObjectNode> saved(ProgramFile project, Path file) {
    return ProgramChoice.saved(project, file);
  }
}
