package dev.hone.cli.demo;

import dev.hone.InvalidInputException;
import dev.hone.compiled.ArtifactException;
import dev.hone.compiled.Compiled;
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
   * @throws InvalidInputException if it is blank, a folder, a device or write-protected, or its
   *     folder is missing or read-only
   */
  static Path checked(@Nullable Path given, String task) {
    Path file = given == null ? Path.of("hone-demo-" + task + ".json") : given;
    try {
      Path folder = Compiled.requireWritable(file).getParent();
      if (folder != null && !Files.exists(folder)) {
        throw InvalidInputException.of(
            "--artifact (%s) is in a folder that is missing".formatted(file),
            "make it first: mkdir -p " + folder);
      }
      return file;
    } catch (ArtifactException e) {
      throw new InvalidInputException("--artifact " + e.getMessage(), e);
    }
  }
}
