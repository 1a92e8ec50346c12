package dev.hone.cli;

import dev.hone.cli.frame.Terminal;
import dev.hone.cli.progress.Progress;
import dev.hone.optimize.run.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when the process is told to end: by Ctrl-C, a second one of which
 * ends it at once, or otherwise: then it waits until {@link #done} says that the thread is done, or
 * for a limited time. Interrupts the thread that made it. The exit code is then the signal's, 130
 * for Ctrl-C.
 */
final class StopOnInterrupt {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "hone-stop");
  private final StopSignal ctrlC =
      StopSignal.install(
          () -> {
            Progress.hideAll();
            String overEcho = Terminal.isInteractive() ? "\r" : "";
            System.err.printf("%shone: stopping; press Ctrl-C again to end at once.%n", overEcho);
          });

  StopOnInterrupt() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    worker.interrupt();
    try {
      boolean inTime = ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        System.err.printf(
            "%nhone: not done %d s after it was told to stop; it is ended now.%n",
            PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The exit code of a command that ended with another one. */
  int exitCode(int otherwise) {
    return ctrlC.exitCode(otherwise);
  }

  /** The command has ended, and all it had to say was said. */
  void done() {
    ended.countDown();
    ctrlC.close();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending already, and the hook is what waits
    }
  }
}
