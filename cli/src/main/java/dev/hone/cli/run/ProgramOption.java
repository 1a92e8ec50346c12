package dev.hone.cli.run;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The option for the program of a project that is to be at work. */
final class ProgramOption {
  private static final String AS_WRITTEN = "as-written";

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description =
          "The program, as hone optimize writes it, or as-written for the project file's own"
              + " (default: NAME.program.json beside the project file, if it is there).")
  private @Nullable String program;

  /**
   * A program, and what it is called.
   *
   * @param program the program
   * @param name its file, or what it is in words
   */
  record Chosen(Program<ObjectNode, ObjectNode> program, String name) {}

  /**
   * Finds the program.
   *
   * @throws InvalidInputException if there is no such file, or it is of another project
   */
  Chosen of(ProgramFile project) {
    Path ownFile = project.file().resolveSibling(project.name() + ".program.json");
    if (AS_WRITTEN.equals(program) || (program == null && !Files.exists(ownFile))) {
      return new Chosen(project.program(), "the program as it is written");
    }
    Path file = program == null ? ownFile : Path.of(program);
    if (!Files.isRegularFile(file)) {
      throw InvalidInputException.of(
          "There is no program " + file,
          "make one: hone optimize %s, or use --program as-written".formatted(project.name()));
    }
    return new Chosen(Compiled.load(project.program(), file), file.toString());
  }
}
