package dev.hone.cli.exchange;

import dev.hone.InvalidInputException;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that commands write, as a whole or not at all. */
final class WrittenFile {
  private WrittenFile() {}

  /**
   * Writes a file.
   *
   * @throws InvalidInputException if it cannot be written; what was there is kept
   */
  static void write(Path file, String text) {
    try {
      new WholeFile(file, "program.txt").write(text);
    } catch (UnwritableFileException e) {
      throw InvalidInputException.of(
          "%s cannot be written: %s".formatted(file, e.problem()), e.fix());
    }
  }

  /**
   * Checks that a file can be written, before work is done for it.
   *
   * @throws InvalidInputException if it cannot
   */
  static void requireWritable(Path file) {
    try {
      new WholeFile(file, "program.txt").requireWritable();
    } catch (UnwritableFileException e) {
      throw InvalidInputException.of(
          "%s cannot be written: %s".formatted(file, e.problem()), e.fix());
    }
  }

  /**
   * Checks that a file is not there yet.
   *
   * @throws InvalidInputException if it is, and may not be replaced
   */
  static void requireFree(Path file, boolean replace) {
    if (!replace && Files.exists(file)) {
      throw InvalidInputException.of(
          "%s is there already, and was left as it is".formatted(file),
          "use another --name, or replace it with --force");
    }
  }
}
