package dev.hone.optimize.journal;

import dev.hone.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder to one run: within the process by a set of folders, between processes by the lock
 * of a file of its own. The set is asked first, since on POSIX systems a process that closes any
 * channel to a file gives up all its locks of that file.
 */
final class JournalLock implements Closeable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private JournalLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param folder an existing folder
   * @throws InvalidInputException if another run has it
   */
  static JournalLock of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw taken(folder, "in this process");
    }
    @Nullable FileChannel channel = null;
    boolean locked = false;
    try {
      Path file = real.resolve("lock");
      OwnerFiles.createFile(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(folder, "in another process");
      }
      locked = true;
      return new JournalLock(real, channel);
    } finally {
      if (!locked) {
        HELD.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static InvalidInputException taken(Path folder, String where) {
    return InvalidInputException.of(
        "The journal in %s is being written by another run %s".formatted(folder, where),
        "wait for that one, or name another folder");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(folder);
    }
  }
}
