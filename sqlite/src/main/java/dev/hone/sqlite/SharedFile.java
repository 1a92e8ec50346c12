package dev.hone.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file of a cache while it is open: whatever is done with it goes through {@link #with}, which
 * puts faults into words, and begins a new file in the place of one that turns out to be damaged.
 * Thread-safe.
 */
final class SharedFile implements AutoCloseable {
  private final CacheFile file;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile CacheFile.Opened opened;
  private volatile @Nullable Path aside;
  private volatile boolean closed;

  SharedFile(CacheFile file) {
    this.file = file;
    opened = file.open();
    aside = opened.aside().orElse(null);
  }

  /** What is done with the file. */
  @FunctionalInterface
  interface Work<R> {
    R on(ReplyStore store) throws SQLException;
  }

  Path path() {
    return file.path();
  }

  /** Where the file is now that this one took the place of. */
  Optional<Path> aside() {
    return Optional.ofNullable(aside);
  }

  byte[] secret() {
    return opened.store().secret();
  }

  boolean isOpen() {
    return !closed;
  }

  /**
   * Works on the file; if it is damaged, it is set aside, and what was to be done is not done.
   *
   * @throws SqliteCacheException if it was not done
   */
  <R> R with(Work<R> work) {
    while (true) {
      CacheFile.Opened current = opened;
      if (closed) {
        throw SqliteCacheException.of(
            "The reply cache %s is closed".formatted(path()), "close it after the last call", null);
      }
      try {
        return work.on(current.store());
      } catch (SQLException e) {
        // Another thread may have begun a new file in the meantime.
        if (current.store() == opened.store()) {
          throw failed(current, e);
        }
      }
    }
  }

  private SqliteCacheException failed(CacheFile.Opened current, SQLException error) {
    if (!SqliteCacheException.isDamage(error)) {
      return SqliteCacheException.of(path(), error);
    }
    opening.lock();
    try {
      if (current.store() == opened.store()) {
        closeQuietly(current.store(), error);
        opened = file.reopen(current, error);
        aside = opened.aside().orElse(aside);
      }
    } finally {
      opening.unlock();
    }
    return SqliteCacheException.of(
        "The reply cache %s was damaged, and is set aside".formatted(path()),
        "check the disk that it is on",
        error);
  }

  private static void closeQuietly(ReplyStore store, SQLException cause) {
    try {
      store.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      opened.store().close();
    } catch (SQLException e) {
      throw SqliteCacheException.of(path(), e);
    }
  }
}
