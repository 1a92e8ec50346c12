package dev.hone.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text file that is written as a whole or not at all, so that no reader ever sees half of it. A
 * link stays and what it leads to is written; the permissions of a file that is there stay; what is
 * there and no regular file is left alone. Immutable.
 *
 * @param file the file
 * @param example the name of such a file, for messages
 */
public record WholeFile(Path file, String example) {
  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  /** Why a file cannot be written, in words, and what to do. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;

    Refused(String problem, String fix, @Nullable Exception cause) {
      super(problem, cause);
      this.fix = fix;
    }

    /** Why, as in {@code it is a folder}. */
    public String problem() {
      return String.valueOf(getMessage());
    }

    /** What to do, as in {@code choose another name}. */
    public String fix() {
      return fix;
    }
  }

  /**
   * Writes the file in UTF-8. Folders that are missing are made.
   *
   * @throws Refused if it cannot be written; what was there before is kept
   */
  public void write(String text) throws Refused {
    Path target = target();
    Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
    try {
      createFolder(target);
      writeAndSync(temporary, text);
      keepPermissions(target, temporary);
      move(temporary, target);
    } catch (IOException | ReadOnlyFileSystemException e) {
      deleteQuietly(temporary, e);
      throw new Refused(inWords(e), "choose another folder", e);
    }
  }

  /**
   * Checks that the file can be written, and leaves nothing behind.
   *
   * @return where it is written: where links lead
   * @throws Refused if it cannot
   */
  public Path requireWritable() throws Refused {
    Path target = target();
    Path folder = target.getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new Refused(folder + " is a file, not a folder", "choose another folder", null);
    }
    if (folder != null && !takesFiles(folder)) {
      throw new Refused(
          "the folder " + folder + " takes no new files", "choose another folder", null);
    }
    return target;
  }

  /** Permissions do not tell: root has them all, and a file system may be read-only. */
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
  private Path target() throws Refused {
    if (file.toString().isBlank()) {
      throw new Refused("the path is blank", "name a file, such as " + example, null);
    }
    Path target = linkTarget();
    if (target.getParent() == null || Files.isDirectory(target)) {
      throw new Refused("it is a folder", "name a file in it, such as " + example, null);
    }
    if (Files.exists(target)) {
      requireReplaceable(target);
    }
    return target;
  }

  /** Where a chain of links ends, whether there is a file or not. */
  private Path linkTarget() throws Refused {
    Path target = file.toAbsolutePath();
    try {
      for (int links = 0; Files.isSymbolicLink(target); links++) {
        if (links == MAX_LINKS) {
          throw new Refused("its links lead in a circle", "choose another name", null);
        }
        target = target.resolveSibling(Files.readSymbolicLink(target));
      }
    } catch (IOException e) {
      throw new Refused(inWords(e), "choose another name", e);
    }
    return target;
  }

  /** A device or a pipe would be gone, with a file in its place. */
  private static void requireReplaceable(Path target) throws Refused {
    if (!Files.isRegularFile(target)) {
      throw new Refused(
          "it is a device or a pipe, not a regular file", "choose another name", null);
    }
    if (!Files.isWritable(target)) {
      throw new Refused("the file is write-protected", "choose another name", null);
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

  /** What a failure means, without the names of Java's classes. */
  public static String inWords(Exception failure) {
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
}
