package dev.hone.cli.files;

import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/** The project of a run: the copy in the run's folder, whose paths begin where the original is. */
public final class RunProject {
  /** The file that says what a run began with. */
  public static final String CHOICE = "run.json";

  /** The copy of the project file. */
  public static final String COPY = "project" + ProgramFile.SUFFIX;

  /** Where {@link #CHOICE} says the original. */
  public static final String KEY = "project";

  private RunProject() {}

  /** Where a project file is, seen from the folder of a run; both may be moved together. */
  public static String path(Path run, ProgramFile project) {
    Path file = project.file().toAbsolutePath().normalize();
    try {
      return run.toAbsolutePath().normalize().relativize(file).toString();
    } catch (IllegalArgumentException e) {
      return file.toString(); // on another drive
    }
  }

  /** Whether a folder has a copy of a project file. */
  public static boolean isIn(Path run) {
    return Files.isRegularFile(run.resolve(COPY));
  }

  /**
   * Reads the project as it was when the run began.
   *
   * @throws dev.hone.InvalidInputException if it cannot be read or used
   */
  public static ProgramFile load(Path run) {
    Path copy = run.resolve(COPY);
    try {
      String original =
          Json.parseFile(Files.readString(run.resolve(CHOICE))).path(KEY).asString("");
      Path file = run.toAbsolutePath().resolve(original).normalize();
      Path folder = file.getParent();
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(ProgramFile.SUFFIX) && folder != null && Files.isDirectory(folder)) {
        String shortened = name.substring(0, name.length() - ProgramFile.SUFFIX.length());
        return ProgramFile.parse(Files.readString(copy), folder, shortened);
      }
    } catch (IOException | JacksonException e) {
      // of an earlier version, or not of a run: then its paths begin beside it
    }
    return ProgramFile.load(copy);
  }
}
