package dev.hone.cli.files;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program of a project by what a command was given: a file, {@value #AS_WRITTEN}, or nothing.
 *
 * @param name what it is called in the output: the file, or {@value #AS_WRITTEN}
 * @param program the program
 */
public record ProgramChoice(String name, Program<ObjectNode, ObjectNode> program) {
  /** The program as the project file says it. */
  public static final String AS_WRITTEN = "as-written";

  /** How the file ends that {@code hone optimize} writes beside a project. */
  public static final String SUFFIX = ".program.json";

  /** The file that {@code hone optimize} writes: NAME.program.json beside the project file. */
  public static Path file(ProgramFile project) {
    return project.file().resolveSibling(project.name() + SUFFIX);
  }

  /**
   * Finds it.
   *
   * @param given the file or {@value #AS_WRITTEN}; null for {@link #file}, if it is there, else the
   *     program as it is written
   * @throws InvalidInputException if there is no such file, or it does not fit the project
   */
  public static ProgramChoice of(ProgramFile project, @Nullable String given) {
    Path usual = file(project);
    if (AS_WRITTEN.equals(given) || (given == null && !Files.exists(usual))) {
      return new ProgramChoice(AS_WRITTEN, project.program());
    }
    Path file = given == null ? usual : Path.of(given);
    return new ProgramChoice(file.toString(), saved(project, file));
  }

  /**
   * The program in a file.
   *
   * @throws InvalidInputException if there is no such file, or it does not fit the project
   */
  public static Compiled<ObjectNode, ObjectNode> saved(ProgramFile project, Path file) {
    if (!Files.isRegularFile(file)) {
      throw InvalidInputException.of(
          "There is no program %s".formatted(file),
          "make one: hone optimize %s, or use %s".formatted(project.name(), AS_WRITTEN));
    }
    return Compiled.load(project.program(), file);
  }
}
