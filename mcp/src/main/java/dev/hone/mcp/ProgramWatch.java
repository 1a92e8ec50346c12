package dev.hone.mcp;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Watches the program of a server, of whose end the SDK tells nobody: the thread that waits for its
 * first answer is interrupted when it cannot be started, or ends before. Thread-safe.
 */
final class ProgramWatch {
  private final Thread waiting = Thread.currentThread();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private boolean answered;
  private @Nullable RuntimeException failure;

  /**
   * The program was started.
   *
   * @param awaitEnd waits until it has ended
   */
  void started(Runnable awaitEnd) {
    Thread watcher =
        new Thread(
            () -> {
              awaitEnd.run();
              failed(new IllegalStateException("it ended before it answered"));
              ended.complete(true);
            },
            "hone-mcp-watch");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** The program could not be started, or ended; of no interest once it has answered. */
  synchronized void failed(Throwable cause) {
    if (!answered && failure == null) {
      failure = cause instanceof RuntimeException own ? own : new IllegalStateException(cause);
      waiting.interrupt();
    }
  }

  /** The first answer is there; an interrupt that came at the same time is taken back. */
  synchronized void answered() {
    answered = true;
    if (failure != null) {
      Thread.interrupted();
    }
  }

  /** Why there is no first answer: what became of the program, or what the client says. */
  synchronized RuntimeException causeOf(RuntimeException said) {
    RuntimeException own = failure;
    answered();
    return own == null ? said : own;
  }

  /** Runs when the program has ended; at once if it has. */
  void whenEnded(Runnable action) {
    CompletableFuture<Void> unused = ended.thenRun(action);
  }
}
