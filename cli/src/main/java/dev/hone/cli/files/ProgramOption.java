package dev.hone.cli.files;

import dev.hone.InvalidInputException;
import dev.hone.project.ProgramFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the program of a project that is to be at work. */
public final class ProgramOption {
  @Option(
      names = "--program",
      paramLabel = "FILE",
      description =
          "The program, as hone optimize writes it, or as-written for the project file's own"
              + " (default: NAME.program.json beside the project file, if it is there).")
  private @Nullable String program;

  /**
   * Finds the program.
   *
   * @throws InvalidInputException if there is no such file, or it is of another project
   */
  public ProgramChoice of(ProgramFile project) {
    return ProgramChoice.of(project, program);
  }
}
