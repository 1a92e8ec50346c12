package dev.hone.cli.progress;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Draws twice a second, so that times go on while nothing happens. */
final class Ticker implements AutoCloseable {
  private static final long MILLIS = 500;

  private final Runnable draw;
  private @Nullable ScheduledExecutorService thread;

  Ticker(Runnable draw) {
    this.draw = draw;
  }

  /** Begins, on a thread that does not keep the process alive. */
  synchronized void start() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread worker = new Thread(work, "hone-progress");
              worker.setDaemon(true);
              return worker;
            });
    var unused = executor.scheduleWithFixedDelay(draw, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    thread = executor;
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }
}
