package dev.hone.stream;

import dev.hone.lm.LmException;
import dev.hone.work.WorkerThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run for one subscriber: parts that were not asked for yet wait here, at most {@value
 * #CAPACITY} of them, beyond which the run waits, and with it the call of a model that is under
 * way; so not for ever. Parts are handed over by whichever thread finds that they are wanted, one
 * at a time.
 */
final class PartSubscription implements Flow.Subscription {
  static final int CAPACITY = 256;

  /** How long the run waits for a part to be taken. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Flow.Subscriber<? super StreamPart> subscriber;
  private final Consumer<Consumer<StreamPart>> run;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Deque<StreamPart> waiting = new ArrayDeque<>();
  private @Nullable Thread running;
  private @Nullable Throwable failure;
  private long demand;
  private boolean begun;
  private boolean ended;
  private boolean closed;
  private boolean handingOver;

  /**
   * A run that has not begun.
   *
   * @param run runs the program, and tells parts to what it is given
   */
  PartSubscription(
      Flow.Subscriber<? super StreamPart> subscriber,
      Consumer<Consumer<StreamPart>> run,
      Duration patience) {
    this.subscriber = subscriber;
    this.run = run;
    this.patience = patience;
  }

  @Override
  public void request(long count) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (count <= 0) {
        fail(new IllegalArgumentException("Requested " + count + " parts, expected 1 or more"));
      } else {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
        begin();
      }
    } finally {
      lock.unlock();
    }
    handOver();
  }

  /** Ends with an error of the subscriber's own, in place of what the run gives. */
  private void fail(Throwable error) {
    waiting.clear();
    failure = error;
    ended = true;
    stop();
  }

  private void begin() {
    if (!begun) {
      begun = true;
      try {
        WorkerThreads.execute(this::runAll);
      } catch (RejectedExecutionException | OutOfMemoryError e) { // there are no more threads
        fail(e);
      }
    }
  }

  private void runAll() {
    Throwable error = null;
    lock.lock();
    try {
      running = Thread.currentThread();
      if (closed || ended) {
        running.interrupt();
      }
    } finally {
      lock.unlock();
    }
    try {
      run.accept(this::offer);
    } catch (Throwable e) {
      error = e;
    }
    lock.lock();
    try {
      running = null;
      failure = ended ? failure : error;
      ended = true;
    } finally {
      lock.unlock();
    }
    handOver();
  }

  /** Ends the run; what waits can still be taken, and then the error. */
  private void giveUp() {
    failure =
        new LmException.TimedOut(
            "The subscriber took none of %d parts for %d s, and a call of the model waited. Maybe request more of them, or cancel."
                .formatted(CAPACITY, patience.toSeconds()),
            null);
    ended = true;
    stop();
  }

  /** Takes a part of the run, and lets that wait where there is no room. */
  private void offer(StreamPart part) {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (waiting.size() >= CAPACITY && !closed && !ended) {
        if (nanos <= 0) {
          giveUp();
          break;
        }
        nanos = room.awaitNanos(nanos);
      }
      if (closed || ended) {
        throw new LmException.Interrupted("The subscriber cancelled the stream", null);
      }
      waiting.add(part);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while a part waits to be taken", e);
    } finally {
      lock.unlock();
    }
    handOver();
  }

  @Override
  public void cancel() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      stop();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the run, if it is under way. */
  private void stop() {
    room.signalAll();
    if (running != null) {
      running.interrupt();
    }
  }

  /** Hands over what is wanted, unless another thread, or a caller of this one, does so already. */
  private void handOver() {
    lock.lock();
    try {
      if (handingOver) {
        return;
      }
      handingOver = true;
      while (!closed && (demand > 0 && !waiting.isEmpty() || ended && waiting.isEmpty())) {
        if (waiting.isEmpty()) {
          closed = true;
          unlocked(this::end);
        } else {
          StreamPart part = waiting.remove();
          demand -= demand == Long.MAX_VALUE ? 0 : 1;
          room.signal();
          unlocked(() -> subscriber.onNext(part));
        }
      }
      handingOver = false;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    Throwable error = failure;
    if (error == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(error);
    }
  }

  /** Calls the subscriber without the lock; one that throws, as it must not, gets no more. */
  private void unlocked(Runnable call) {
    lock.unlock();
    boolean returned = false;
    try {
      call.run();
      returned = true;
    } finally {
      lock.lock();
      if (!returned) {
        handingOver = false;
        closed = true;
        waiting.clear();
        stop();
      }
    }
  }
}
