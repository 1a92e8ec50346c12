package dev.hone.spark;

import dev.hone.lm.LmException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows of a partition, worked on several at once, handed on in their order. Rows are taken by
 * the task's own thread only, as Spark's iterators want it, and at most a window of them is taken
 * and not handed on: so the memory is that of a window. The task's thread works, too, on a row that
 * is next and that nobody has begun. When the task ends, whatever is under way is interrupted.
 *
 * <p>Rows that take no time, such as those of a cache, are all left to the task's thread, since
 * handing them to another one would take longer than they do. Slow ones that take more than a
 * quarter of the time of the last second or so send those behind them to the other threads, and a
 * number of rows after them; then it is tried again. That number doubles with each try that fails
 * soon. One slow row is not enough where it may be a pause of the process, which is short.
 *
 * @param <T> a row
 * @param <R> what is made of it
 */
final class PartitionWork<T, R> implements Iterator<R> {
  /** Room for the rows that wait for one that is slow, per row under way. */
  private static final int WINDOW_PER_ROW = 16;

  private static final int LEAST_WINDOW = 256;
  private static final int MOST_WINDOW = 4096;
  private static final long LOOK_MILLIS = 200;

  /** A row that takes as long waits for something. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Longer than any pause of the process, so that one such row is enough. */
  private static final long NO_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int FEWEST_SENT = 1_000;
  private static final int MOST_SENT = 1 << 20;

  /** Slow rows may take one part in as many of the time: a collection, another process. */
  private static final int MOST_SLOW = 4;

  private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After as many quick rows since some were sent, it is as if none had been slow. */
  private static final int MANY_QUICK = 10_000;

  private final Iterator<T> rows;
  private final Function<? super T, ? extends R> work;
  private final Executor threads;
  private final int width;
  private final LongSupplier nanoTime;
  private final ArrayDeque<Taken<R>> window = new ArrayDeque<>();
  private int toSend;
  private int sentAtOnce = FEWEST_SENT / 2;
  private int quick;
  private long triedNanos;
  private long slowNanos;

  /** A row that was taken. Used by the task's thread only. */
  private static final class Taken<R> {
    private final FutureTask<R> work;

    /** Whether the other threads have it. */
    private boolean sent;

    Taken(FutureTask<R> work) {
      this.work = work;
    }
  }

  private PartitionWork(
      Iterator<T> rows,
      Function<? super T, ? extends R> work,
      Executor threads,
      int width,
      LongSupplier nanoTime) {
    this.rows = rows;
    this.work = work;
    this.threads = threads;
    this.width = width;
    this.nanoTime = nanoTime;
  }

  /**
   * Work that has not begun.
   *
   * @param mostUnderWay the threads that there are
   */
  static <T, R> PartitionWork<T, R> of(
      Iterator<T> rows, Function<? super T, ? extends R> work, Executor threads, int mostUnderWay) {
    return of(rows, work, threads, mostUnderWay, System::nanoTime);
  }

  /** The same by a clock of nanoseconds, which is read on the task's thread. */
  static <T, R> PartitionWork<T, R> of(
      Iterator<T> rows,
      Function<? super T, ? extends R> work,
      Executor threads,
      int mostUnderWay,
      LongSupplier nanoTime) {
    int width =
        (int) Math.min(MOST_WINDOW, Math.max(LEAST_WINDOW, (long) WINDOW_PER_ROW * mostUnderWay));
    PartitionWork<T, R> partition = new PartitionWork<>(rows, work, threads, width, nanoTime);
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> partition.stop());
    }
    return partition;
  }

  @Override
  public boolean hasNext() {
    fill();
    return !window.isEmpty();
  }

  private void fill() {
    while (window.size() < width && rows.hasNext()) {
      T row = rows.next();
      Taken<R> taken = new Taken<>(new FutureTask<>(() -> work.apply(row)));
      window.add(taken);
      if (toSend > 0) {
        toSend--;
        send(taken);
      }
    }
  }

  private void send(Taken<R> row) {
    row.sent = true;
    threads.execute(row.work);
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Taken<R> first = window.element();
    long begin = nanoTime.getAsLong();
    first.work.run(); // nothing, if another thread has begun it
    if (!first.sent) {
      tried(nanoTime.getAsLong() - begin);
    }
    R result = await(first.work);
    window.remove();
    return result;
  }

  /** A row ended on the task's thread: whether those behind it are better sent to others. */
  private void tried(long nanos) {
    triedNanos += nanos;
    if (nanos < SLOW_NANOS) {
      quick++;
    } else {
      boolean mayBePause = slowNanos < SLOW_NANOS && nanos < NO_PAUSE_NANOS;
      slowNanos += nanos;
      if (!mayBePause && slowNanos * MOST_SLOW > triedNanos) {
        sendNext();
      }
    }
    if (triedNanos > REMEMBERED_NANOS) {
      triedNanos /= 2;
      slowNanos /= 2;
    }
  }

  private void sendNext() {
    sentAtOnce = quick < MANY_QUICK ? Math.min(MOST_SENT, 2 * sentAtOnce) : FEWEST_SENT;
    quick = 0;
    triedNanos = 0;
    slowNanos = 0;
    toSend = sentAtOnce;
    window.stream().skip(1).filter(row -> !row.sent).forEach(this::send);
  }

  private static <R> R await(FutureTask<R> row) {
    try {
      while (true) {
        requireAlive();
        try {
          return row.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // Looks again whether the task is still wanted.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while a row was answered", e);
    } catch (CancellationException e) {
      throw new LmException.Interrupted("The task ended while a row was answered", e);
    } catch (ExecutionException e) {
      throw PartitionWork.<RuntimeException>unchecked(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static void requireAlive() {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new TaskKilledException("The task was killed while rows were answered");
    }
  }

  /** Interrupts what is under way, and begins nothing more. */
  void stop() {
    window.forEach(row -> row.work.cancel(true));
    window.clear();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable error) throws E {
    throw (E) error;
  }
}
