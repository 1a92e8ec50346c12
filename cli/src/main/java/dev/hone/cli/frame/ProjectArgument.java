package dev.hone.cli.frame;

import dev.hone.InvalidInputException;
import dev.hone.project.ProgramFile;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The argument that names a project file: {@code tickets} or {@code folder/tickets.hone.yaml}. */
public final class ProjectArgument {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      index = "0",
      paramLabel = "PROJECT",
      description = "The project: NAME, for the file NAME.hone.yaml here, or the file.")
  private Path project;

  /**
   * Reads the project file.
   *
   * @throws InvalidInputException if there is none, or it cannot be used
   */
  public ProgramFile load() {
    Path named = project.resolveSibling(project.getFileName() + ProgramFile.SUFFIX);
    if (Files.isRegularFile(project) && project.toString().endsWith(ProgramFile.SUFFIX)) {
      return ProgramFile.load(project);
    } else if (Files.isRegularFile(named)) {
      return ProgramFile.load(named);
    }
    throw InvalidInputException.of(
        "There is no project file " + named, "make one: hone init DATA.csv");
  }
}
