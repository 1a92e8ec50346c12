package dev.hone.data;

import dev.hone.InvalidInputException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a text file as a whole or not at all, so that no reader ever sees half of it. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file, in UTF-8. Folders that are missing are made; where the file is a link, what it
   * leads to is written.
   *
   * @throws InvalidInputException if it cannot be written; what was there before is kept
   */
  static void write(Path file, String text) {
    Path temporary = null;
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        throw new IOException("it is a folder or a device, not a regular file");
      }
      if (target.getParent() != null) {
        Files.createDirectories(target.getParent());
      }
      temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
      Files.writeString(temporary, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
      move(temporary, target);
    } catch (IOException e) {
      if (temporary != null) {
        deleteQuietly(temporary, e);
      }
      throw new InvalidInputException(
          "The dataset cannot be written to %s: %s. Maybe choose another file."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteQuietly(Path file, Exception cause) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
