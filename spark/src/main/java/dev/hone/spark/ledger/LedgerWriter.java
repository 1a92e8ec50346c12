package dev.hone.spark.ledger;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.spark.column.RowAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file of one attempt of a task: a line for each row as soon as it is answered, by whichever
 * thread did, so that what a kill takes away is what was under way. Where a file system cannot
 * flush (object stores), a file is closed after 500 rows or ten seconds and the next one begun.
 *
 * <p>The first line says how many rows may be lost with the attempt. The last one takes that back,
 * but for the rows that were cut off: an interrupted call may have been paid for without a reply.
 * Thread-safe.
 */
public final class LedgerWriter implements AutoCloseable {
  private static final int SEGMENT_ROWS = 500;
  private static final long SEGMENT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final FileSystem files;
  private final Path folder;
  private final String name;
  private final int mostUnderWay;
  private @Nullable FSDataOutputStream out;
  private boolean flushes;
  private int segment;
  private int rows;
  private long begunNanos;
  private int underWay;
  private int cutOff;
  private boolean closing;
  private boolean closed;

  private LedgerWriter(FileSystem files, Path folder, String name, int mostUnderWay) {
    this.files = files;
    this.folder = folder;
    this.name = name;
    this.mostUnderWay = mostUnderWay;
  }

  /**
   * Begins the file of an attempt.
   *
   * @param attempt its number, of which no other attempt of any task has the same
   * @param mostUnderWay the most rows that are under way at once
   */
  public static LedgerWriter begin(
      Ledger ledger, String start, int partition, long attempt, int mostUnderWay) {
    LedgerWriter writer =
        new LedgerWriter(
            ledger.files(),
            ledger.startFolder(start),
            Ledger.prefix(partition) + "a" + attempt,
            mostUnderWay);
    writer.open();
    writer.append(Json.object().put("begun", writer.name).put("lost", writer.lostAtMost()));
    writer.keep();
    return writer;
  }

  /** The rows that a kill may take away. */
  private int lostAtMost() {
    return flushes ? mostUnderWay : mostUnderWay + SEGMENT_ROWS;
  }

  /** Makes what was written so far outlive a kill, where writing alone does not. */
  private synchronized void keep() {
    try {
      if (!flushes && out != null) {
        out.close();
        open();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private void open() {
    try {
      Path file = new Path(folder, "%s-s%d.jsonl".formatted(name, segment++));
      FSDataOutputStream opened = files.create(file, true);
      flushes = opened.hasCapability(StreamCapabilities.HSYNC);
      rows = 0;
      begunNanos = System.nanoTime();
      out = opened;
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private UncheckedIOException cannotWrite(IOException e) {
    return new UncheckedIOException(
        "The answers of %s cannot be written to %s: %s. Maybe the disk is full."
            .formatted(name, folder, e.getMessage()),
        e);
  }

  /** Answers a row, and writes it down before it counts as answered. */
  public RowAnswer record(String key, Supplier<RowAnswer> work) {
    begin();
    boolean whole = false;
    try {
      RowAnswer answer = work.get();
      append(answer.toJson(key));
      whole = !(answer.end() instanceof LmException.Interrupted);
      return answer;
    } finally {
      end(whole);
    }
  }

  private synchronized void begin() {
    if (closing) {
      throw new CancellationException("The attempt is over"); // before anything is paid
    }
    underWay++;
  }

  private synchronized void end(boolean whole) {
    underWay--;
    cutOff += whole ? 0 : 1;
    notifyAll();
  }

  private synchronized void append(ObjectNode line) {
    FSDataOutputStream open = out;
    if (closed || open == null) {
      return; // the attempt is over, and counts as one that lost rows
    }
    try {
      open.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
      rows++;
      if (flushes) {
        open.hflush();
      } else if (rows >= SEGMENT_ROWS || System.nanoTime() - begunNanos > SEGMENT_NANOS) {
        keep();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Waits a little for what is under way, and ends the file; says so if all rows came back. */
  @Override
  public void close() {
    try {
      if (awaitRows()) {
        append(Json.object().put("ended", name).put("lost", lostAtMost() - cutOff()));
      }
    } finally {
      closeFile();
    }
  }

  private synchronized int cutOff() {
    return cutOff;
  }

  private synchronized void closeFile() {
    closed = true;
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private synchronized boolean awaitRows() {
    closing = true;
    long end = System.nanoTime() + GRACE_NANOS;
    try {
      while (underWay > 0 && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return underWay == 0;
  }
}
