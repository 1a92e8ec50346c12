package dev.hone.optimize.journal;

import dev.hone.file.WholeFile;
import dev.hone.lm.LmException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a journal, those of several threads in one write: whoever finds nobody writing
 * writes for all that wait. When {@link #append} returns, the line is with the operating system,
 * which the end of the process does not undo; on the disk it is after at most a second of further
 * writing, and at the end. After a write that failed, half a line is cut off where that is
 * possible, and nothing is written any more. Thread-safe.
 */
final class JournalWriter {
  private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path folder;
  private final JournalOutput output;
  private final ConcurrentLinkedQueue<Line> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicLong syncedNanos = new AtomicLong(System.nanoTime());
  private volatile LmException.@Nullable JournalFailed failure;
  private long length;

  /** A writer of a file of a number of bytes. */
  JournalWriter(Path folder, JournalOutput output, long length) {
    this.folder = folder;
    this.output = output;
    this.length = length;
  }

  /** A line that is to be written. */
  private static final class Line {
    private final byte[] bytes;
    private boolean written;

    private Line(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * Writes a line before it returns.
   *
   * @throws LmException.JournalFailed if it cannot be written
   */
  void append(byte[] bytes) {
    requireIntact();
    Line line = new Line(bytes);
    waiting.add(line);
    writing.lock();
    try {
      if (!line.written) {
        write();
      }
      if (!line.written) {
        requireIntact();
      }
    } finally {
      writing.unlock();
    }
    syncIfDue();
  }

  /** Writes a line now or with the next one; where it cannot be written, a later line says so. */
  void appendLater(byte[] bytes) {
    waiting.add(new Line(bytes));
    if (writing.tryLock()) {
      try {
        write();
      } finally {
        writing.unlock();
      }
    }
  }

  /** Fails where a write has failed. */
  void requireIntact() {
    LmException.JournalFailed failed = failure;
    if (failed != null) {
      throw new LmException.JournalFailed(String.valueOf(failed.getMessage()), failed);
    }
  }

  /** What a write failed with. */
  Optional<LmException.JournalFailed> failure() {
    return Optional.ofNullable(failure);
  }

  /** Writes all that waits; called with the lock. */
  private void write() {
    List<Line> lines = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Line line = waiting.poll(); line != null; line = waiting.poll()) {
      lines.add(line);
      bytes.writeBytes(line.bytes);
    }
    if (failure != null || lines.isEmpty()) {
      return;
    }
    try {
      output.write(bytes.toByteArray());
      length += bytes.size();
      lines.forEach(line -> line.written = true);
    } catch (IOException e) {
      fail(e);
      cut(e);
    }
  }

  private void cut(IOException cause) {
    try {
      output.truncate(length);
    } catch (IOException e) {
      // Half a line stays; whoever reads it sets it aside.
      cause.addSuppressed(e);
    }
  }

  private void fail(IOException error) {
    failure =
        new LmException.JournalFailed(
            ("The journal in %s cannot be written: %s. Maybe make room on its disk, and run again:"
                    + " the run goes on from what was written.")
                .formatted(folder, WholeFile.inWords(error)),
            error);
  }

  private void syncIfDue() {
    long last = syncedNanos.get();
    long now = System.nanoTime();
    if (now - last >= SYNC_NANOS && syncedNanos.compareAndSet(last, now)) {
      sync();
    }
  }

  private void sync() {
    try {
      output.sync();
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Writes what waits, sees to it that all is on the disk, and closes the file. */
  void close() {
    writing.lock();
    try {
      write();
      if (failure == null) {
        sync();
      }
      output.close();
    } catch (IOException e) {
      fail(e);
    } finally {
      writing.unlock();
    }
  }
}
