package dev.hone.compiled;

import dev.hone.compiled.ArtifactException.Problem;
import java.io.IOException;
import java.io.InputStream;
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
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes the file of an artifact. */
final class ArtifactFile {
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  private ArtifactFile() {}

  /**
   * Writes the file as a whole or not at all, so that no reader ever sees half of it. Folders that
   * are missing are made. A link stays and what it leads to is written; the permissions of a file
   * that is there stay; what is there and no regular file is left alone.
   */
  static void write(Path file, String text) {
    Path target = target(file);
    Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
    try {
      createFolder(target);
      writeAndSync(temporary, text);
      keepPermissions(target, temporary);
      move(temporary, target);
    } catch (IOException | ReadOnlyFileSystemException e) {
      deleteQuietly(temporary, e);
      throw notWritable(file, inWords(e), "choose another folder", e);
    }
  }

  /** Checks that the file can be written, and leaves nothing behind. */
  static Path requireWritable(Path file) {
    Path target = target(file);
    Path folder = target.getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw notWritable(file, folder + " is a file, not a folder", "choose another folder", null);
    }
    if (folder != null && !takesFiles(folder)) {
      throw notWritable(
          file, "the folder " + folder + " takes no new files", "choose another folder", null);
    }
    return target;
  }

  /** Permissions do not show it: root has them all, and a file system may be read-only. */
  private static boolean takesFiles(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".hone", ".tmp"));
      return true;
    } catch (IOException | ReadOnlyFileSystemException e) {
      return false;
    }
  }

  private static void createFolder(Path target) throws IOException {
    Path folder = target.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
  }

  /** The file that is written: where links lead, if it may be replaced. */
  private static Path target(Path file) {
    if (file.toString().isBlank()) {
      throw new ArtifactException(
          Problem.NOT_WRITABLE,
          "\"" + file + "\"",
          "the program cannot be saved here: the path is blank. Maybe name a file, such as"
              + " program.json.");
    }
    Path target = linkTarget(file);
    if (target.getParent() == null || Files.isDirectory(target)) {
      throw notWritable(file, "it is a folder", "name a file in it, such as program.json", null);
    }
    if (Files.exists(target)) {
      requireReplaceable(file, target);
    }
    return target;
  }

  /** Where a chain of links ends, whether there is a file or not. */
  private static Path linkTarget(Path file) {
    Path target = file.toAbsolutePath();
    try {
      for (int links = 0; Files.isSymbolicLink(target); links++) {
        if (links == MAX_LINKS) {
          throw notWritable(file, "its links lead in a circle", "choose another name", null);
        }
        target = target.resolveSibling(Files.readSymbolicLink(target));
      }
    } catch (IOException e) {
      throw notWritable(file, inWords(e), "choose another name", e);
    }
    return target;
  }

  /** A device or a pipe would be gone, with a file in its place. */
  private static void requireReplaceable(Path file, Path target) {
    if (!Files.isRegularFile(target)) {
      throw notWritable(
          file, "it is a device or a pipe, not a regular file", "choose another name", null);
    }
    if (!Files.isWritable(target)) {
      throw notWritable(file, "the file is write-protected", "choose another name", null);
    }
  }

  /** Windows has no such permissions, and a new file those of its folder. */
  private static void keepPermissions(Path old, Path replacement) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(replacement, PosixFileAttributeView.class);
    if (view != null && Files.exists(old)) {
      view.setPermissions(Files.getPosixFilePermissions(old));
    }
  }

  private static ArtifactException notWritable(
      Path file, String problem, String fix, @Nullable Exception cause) {
    return new ArtifactException(
        Problem.NOT_WRITABLE,
        file.toString(),
        "the program cannot be saved here: %s. Maybe %s.".formatted(problem, fix),
        cause);
  }

  /** What a failure means, without the names of Java's classes. */
  static String inWords(Exception failure) {
    if (failure instanceof AccessDeniedException) {
      return "this process has no permission";
    }
    if (failure instanceof ReadOnlyFileSystemException) {
      return "the file system is read-only";
    }
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return ((FileSystemException) failure).getFile() + " is a file, not a folder";
    }
    String message =
        failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
    return message == null ? "the file system refused it" : message;
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

  private static void deleteQuietly(Path file, Exception cause) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException | ReadOnlyFileSystemException e) {
      cause.addSuppressed(e);
    }
  }

  /** Reads the whole file, which may not be larger than a program can sensibly be. */
  static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw notReadable(file, "it is a folder. Maybe name a file in it.", null);
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ArtifactException(
            Problem.NOT_AN_ARTIFACT,
            file.toString(),
            "the file has more than %,d bytes, the most for a saved program. Maybe it is another"
                    .formatted(MAX_BYTES)
                + " file.");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ArtifactException(
          Problem.NOT_JSON,
          file.toString(),
          "the bytes are not UTF-8 text. Maybe it is another file.",
          e);
    } catch (NoSuchFileException e) {
      throw notReadable(
          file,
          "there is no such file. Maybe give its absolute path; this process runs in %s."
              .formatted(Path.of("").toAbsolutePath()),
          e);
    } catch (IOException e) {
      String problem = "it cannot be read: %s. Maybe check its path and permissions.";
      throw notReadable(file, problem.formatted(inWords(e)), e);
    }
  }

  private static ArtifactException notReadable(
      Path file, String message, @Nullable Throwable cause) {
    return new ArtifactException(Problem.NOT_READABLE, file.toString(), message, cause);
  }
}
