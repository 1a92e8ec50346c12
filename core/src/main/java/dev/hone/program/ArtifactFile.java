package dev.hone.program;

import dev.hone.program.ArtifactException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes the file of an artifact. */
final class ArtifactFile {
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private ArtifactFile() {}

  /**
   * Writes the file as a whole or not at all, so that no reader ever sees half of it. Folders that
   * are missing are made.
   */
  static void write(Path file, String text) {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
    try {
      Path folder = target.getParent();
      if (folder == null || Files.isDirectory(target)) {
        throw new IOException("it is a folder");
      }
      Files.createDirectories(folder);
      writeAndSync(temporary, text);
      move(temporary, target);
    } catch (IOException e) {
      deleteQuietly(temporary, e);
      throw new ArtifactException(
          Problem.NOT_WRITABLE,
          file.toString(),
          "the program cannot be saved here: %s. Maybe choose another place.".formatted(why(e)),
          e);
    }
  }

  /** In words; the messages of most such exceptions are a path and no more. */
  private static String why(IOException error) {
    if (error instanceof AccessDeniedException) {
      return "access is denied";
    } else if (error instanceof FileAlreadyExistsException) {
      return error.getMessage() + " is not a folder";
    } else if (error instanceof FileSystemException fault && fault.getReason() != null) {
      return fault.getReason();
    }
    return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
  }

  private static void writeAndSync(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteQuietly(Path file, IOException cause) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Reads the whole file, which may not be larger than a program can sensibly be. */
  static String read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new ArtifactException(
            Problem.NOT_AN_ARTIFACT,
            file.toString(),
            "the file has %,d bytes, a saved program at most %,d. Maybe it is another file."
                .formatted(size, MAX_BYTES));
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw unreadable(
          Problem.NOT_JSON, file, "the bytes are not UTF-8 text. Maybe it is another file.", e);
    } catch (NoSuchFileException e) {
      String place = Path.of("").toAbsolutePath().toString();
      throw unreadable(
          Problem.NOT_READABLE,
          file,
          "there is no such file. Maybe give its absolute path; this process runs in %s."
              .formatted(place),
          e);
    } catch (IOException e) {
      throw unreadable(Problem.NOT_READABLE, file, "it cannot be read: " + e + ".", e);
    }
  }

  private static ArtifactException unreadable(
      Problem problem, Path file, String message, @Nullable Throwable cause) {
    return new ArtifactException(problem, file.toString(), message, cause);
  }
}
