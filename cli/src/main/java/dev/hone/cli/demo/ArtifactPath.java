package dev.hone.cli.demo;

import dev.hone.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the demo saves its program, checked before there is one to lose. */
final class ArtifactPath {
  private ArtifactPath() {}

  /**
   * The file to save to, made sure that it can be written. Leaves nothing behind.
   *
   * @param given what was given; null for a default in the current folder
   * @param task the task's name
   * @throws InvalidInputException if it is blank or a folder, or its folder is missing or read-only
   */
  static Path checked(@Nullable Path given, String task) {
    String name = "hone-demo-" + task + ".json";
    Path file = given == null ? Path.of(name) : given;
    if (file.toString().isBlank()) {
      throw invalid(file, "is blank", "use " + name);
    } else if (Files.isDirectory(file)) {
      throw invalid(file, "is a folder, not a file", "use " + file.resolve(name));
    }
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || !Files.exists(folder)) {
      throw invalid(file, "is in a folder that is missing", "make it first: mkdir -p " + folder);
    } else if (!Files.isDirectory(folder)) {
      throw invalid(file, "is in " + folder + ", which is not a folder", "use " + name);
    } else if (!takesFiles(folder)) {
      throw invalid(
          file, "is in " + folder + ", which takes no new files", "use --artifact=/tmp/" + name);
    }
    return file;
  }

  /** Permissions do not tell: root has them all, and a file system may be read-only. */
  private static boolean takesFiles(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".hone", ".tmp"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static InvalidInputException invalid(Path file, String what, String fix) {
    return InvalidInputException.of("--artifact (%s) %s".formatted(file, what), fix);
  }
}
