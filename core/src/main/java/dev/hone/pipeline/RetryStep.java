package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again what may succeed later, and waits in between on the calling thread. A call whose next
 * wait does not fit into the total time fails at once.
 */
final class RetryStep implements PipelineStep {
  private final PipelineStep next;
  private final RetrySettings settings;

  RetryStep(PipelineStep next, RetrySettings settings) {
    this.next = next;
    this.settings = settings;
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    long startNanos = System.nanoTime();
    for (int attempts = 1; ; attempts++) {
      try {
        return next.call(request, listener);
      } catch (LmException.Retriable e) {
        Duration delay = settings.delay(attempts, e, ThreadLocalRandom.current().nextDouble());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        boolean inTime = elapsed.plus(delay).compareTo(settings.totalTime()) <= 0;
        if (attempts >= settings.maxAttempts() || !inTime) {
          throw e;
        }
        waitFor(delay);
      }
    }
  }

  private static void waitFor(Duration delay) {
    try {
      Thread.sleep(delay.toMillis(), delay.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while waiting to try again", e);
    }
  }
}
