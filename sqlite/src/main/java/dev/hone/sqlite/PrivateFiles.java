package dev.hone.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner can read, where the system has such permissions. */
final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?>[] NEW_FILE = attribute("rw-------");
  private static final FileAttribute<?>[] NEW_FOLDER = attribute("rwx------");

  private PrivateFiles() {}

  /** Windows has none; there the folder of a user is closed to others. */
  private static FileAttribute<?>[] attribute(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes the folders that are missing; those that are there stay as they are. */
  static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, NEW_FOLDER);
  }

  /** Makes an empty file, if it is not there; closes one that is there to others. */
  static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, NEW_FILE);
    } catch (FileAlreadyExistsException e) {
      close(file);
    }
  }

  /** Closes a file to all but its owner. */
  static void close(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && !view.readAttributes().permissions().equals(FILE)) {
      view.setPermissions(FILE);
    }
  }
}
