package dev.hone.spark.ledger;

import dev.hone.json.Json;
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
 * <p>The first line says how many rows may be lost with the attempt, the last one that none was.
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
    writer.append(writer.mark("begun"));
    return writer;
  }

  /** A line on the attempt: how many rows may be lost with it. */
  private ObjectNode mark(String what) {
    int lost = flushes ? mostUnderWay : mostUnderWay + SEGMENT_ROWS;
    return Json.object().put(what, name).put("lost", lost);
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
    try {
      RowAnswer answer = work.get();
      append(answer.toJson(key));
      return answer;
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (closing) {
      throw new CancellationException("The attempt is over"); // before anything is paid
    }
    underWay++;
  }

  private synchronized void end() {
    underWay--;
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
        open.close();
        open();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Waits a little for what is under way, and ends the file; says so if nothing was lost. */
  @Override
  public void close() {
    boolean complete = awaitRows();
    if (complete) {
      append(mark("ended"));
    }
    synchronized (this) {
      closed = true;
      try {
        if (out != null) {
          out.close();
        }
      } catch (IOException e) {
        throw cannotWrite(e);
      }
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
