package dev.hone.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
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

/**
 * A file that is written as a whole or not at all, so that no reader ever sees half of it.
 * Folders that are missing are made. A link stays and what it leads to is written; the permissions
 * of a file that is there stay; what is there and no regular file is left alone.
 *
 * @param file the path, which may be a link
 * @param example a file name for the fix where the path is a folder, such as {@code program.json}
 */
public record WholeFile(Path file, String example) {
  /** What is written into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream stream) throws IOException;
  }

  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  /**
   * Writes the file, in UTF-8. An interrupt does not keep it from being written, since what was
   * found before the interrupt is what is to be kept; the thread stays interrupted.
   *
   * @throws UnwritableFileException if it cannot be written; what was there before is kept
   */
  public void write(String text) throws UnwritableFileException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(stream -> stream.write(bytes));
  }

  /**
   * Writes the file as {@link #write(String)} does, piece by piece.
   *
   * @param content writes all of it to the stream, which it does not close
   * @throws UnwritableFileException if it cannot be written; what was there before is kept
   */
  public void write(Content content) throws UnwritableFileException {
    Path target = target();
    Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
    boolean interrupted = Thread.interrupted();
    try {
      createFolder(target);
      writeAndSync(temporary, content);
      keepPermissions(target, temporary);
      move(temporary, target);
    } catch (IOException | ReadOnlyFileSystemException e) {
      deleteQuietly(temporary, e);
      throw new UnwritableFileException(inWords(e), "choose another folder", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Checks that the file can be written, and leaves nothing behind.
   *
   * @return the file that would be written, where links lead
   * @throws UnwritableFileException if it cannot be written
   */
  public Path requireWritable() throws UnwritableFileException {
    Path target = target();
    Path folder = target.getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw unwritable(folder + " is a file, not a folder", "choose another folder");
    }
    if (folder != null && !takesFiles(folder)) {
      throw unwritable("the folder " + folder + " takes no new files", "choose another folder");
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
  private Path target() throws UnwritableFileException {
    Path target = linkTarget();
    if (target.getParent() == null || Files.isDirectory(target)) {
      throw unwritable("it is a folder", "name a file in it, such as " + example);
    }
    if (Files.exists(target)) {
      requireReplaceable(target);
    }
    return target;
  }

  /** Where a chain of links ends, whether there is a file or not. */
  private Path linkTarget() throws UnwritableFileException {
    Path target = file.toAbsolutePath();
    try {
      for (int links = 0; Files.isSymbolicLink(target); links++) {
        requireFileSystem(target);
        if (links == MAX_LINKS) {
          throw unwritable("its links lead in a circle", "choose another name");
        }
        target = target.resolveSibling(Files.readSymbolicLink(target));
      }
    } catch (IOException e) {
      throw new UnwritableFileException(inWords(e), "choose another name", e);
    }
    return target;
  }

  /**
   * A link such as {@code /dev/stdout} leads to what this process has open: a pipe, a terminal, or
   * a file in which the lines before would be lost.
   */
  private static void requireFileSystem(Path link) throws UnwritableFileException {
    if (link.startsWith("/dev") || link.startsWith("/proc")) {
      throw unwritable("it is an open stream, not a regular file", "choose another name");
    }
  }

  /** A device or a pipe would be gone, with a file in its place. */
  private static void requireReplaceable(Path target) throws UnwritableFileException {
    if (!Files.isRegularFile(target)) {
      throw unwritable("it is a device or a pipe, not a regular file", "choose another name");
    }
    if (!Files.isWritable(target)) {
      throw unwritable("the file is write-protected", "choose another name");
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

  private static UnwritableFileException unwritable(String problem, String fix) {
    return new UnwritableFileException(problem, fix, null);
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

  private static void writeAndSync(Path file, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
      content.writeTo(stream);
      stream.flush();
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
