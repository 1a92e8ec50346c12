package dev.hone.cli.demo;

import dev.hone.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the demo saves its program, checked before there is one to lose. */
final class ArtifactPath {
  private static final int MAX_LINKS = 40;

  private ArtifactPath() {}

  /**
   * The file to save to, made sure that it can be written. Leaves nothing behind.
   *
   * @param given what was given; null for a default in the current folder
   * @param task the task's name
   * @throws InvalidInputException if it is blank, a folder, a device or write-protected, or its
   *     folder is missing or read-only
   */
  static Path checked(@Nullable Path given, String task) {
    String name = "hone-demo-" + task + ".json";
    Path file = given == null ? Path.of(name) : given;
    if (file.toString().isBlank()) {
      throw invalid(file, "is blank", "use " + name);
    } else if (Files.isDirectory(file)) {
      throw invalid(file, "is a folder, not a file", "use " + file.resolve(name));
    }
    requireReplaceable(file, name);
    requireFolder(file, name, linkTarget(file).getParent());
    return file;
  }

  private static void requireReplaceable(Path file, String name) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw invalid(file, "is a device or a pipe, not a regular file", "use " + name);
    } else if (Files.exists(file) && !Files.isWritable(file)) {
      throw invalid(file, "is write-protected", "use another name");
    }
  }

  private static void requireFolder(Path file, String name, @Nullable Path folder) {
    if (folder == null || !Files.exists(folder)) {
      throw invalid(file, "is in a folder that is missing", "make it first: mkdir -p " + folder);
    } else if (!Files.isDirectory(folder)) {
      throw invalid(file, "is in " + folder + ", which is not a folder", "use " + name);
    } else if (!takesFiles(folder)) {
      throw invalid(
          file, "is in " + folder + ", which takes no new files", "use --artifact=/tmp/" + name);
    }
  }

  /** Where a link leads, since the file is written there. */
  private static Path linkTarget(Path file) {
    Path target = file.toAbsolutePath();
    try {
      for (int links = 0; Files.isSymbolicLink(target); links++) {
        if (links == MAX_LINKS) {
          throw invalid(file, "is a link that leads in a circle", "use another name");
        }
        target = target.resolveSibling(Files.readSymbolicLink(target));
      }
      return target;
    } catch (IOException e) {
      throw invalid(file, "is a link that cannot be followed", "use another name");
    }
  }

  /** Permissions are not enough: root has them all, and a file system may be read-only. */
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
