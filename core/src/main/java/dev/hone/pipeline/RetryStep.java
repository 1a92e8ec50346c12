package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.flow.FlowTime;
import dev.hone.work.OrderedWork;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what may succeed later, but no reply of which a part was shown, and waits in between
 * on the calling thread, in whose place another may work. A call whose next wait does not fit into
 * the total time fails at once; unless the model is away and the settings let calls wait for it.
 * That is said at most once a minute, by one call for all.
 */
final class RetryStep implements PipelineStep {
  private static final Logger LOG = LoggerFactory.getLogger(RetryStep.class);
  private static final Duration SAID_EVERY = Duration.ofMinutes(1);

  private final PipelineStep next;
  private final RetrySettings settings;
  private final String modelId;
  private final FlowTime time;
  private final AtomicLong saidNanos;

  RetryStep(PipelineStep next, RetrySettings settings, String modelId) {
    this(next, settings, modelId, FlowTime.SYSTEM);
  }

  RetryStep(PipelineStep next, RetrySettings settings, String modelId, FlowTime time) {
    this.time = time;
    this.saidNanos = new AtomicLong(time.nanoTime() - SAID_EVERY.toNanos());
    this.next = next;
    this.settings = settings;
    this.modelId = modelId;
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    long startNanos = time.nanoTime();
    for (int attempts = 1; ; attempts++) {
      try {
        return next.call(request, listener);
      } catch (LmException.StreamBroken e) {
        throw e;
      } catch (LmException.Retriable e) {
        Duration delay = settings.delay(attempts, e, ThreadLocalRandom.current().nextDouble());
        Duration then = Duration.ofNanos(time.nanoTime() - startNanos).plus(delay);
        boolean again =
            attempts < settings.maxAttempts() && then.compareTo(settings.totalTime()) <= 0;
        if (!DeadlineStep.of(listener).allows(delay.toNanos())) {
          throw e;
        }
        if (!again) {
          awaitModel(e, delay, then, listener);
        }
        waitFor(delay);
      }
    }
  }

  /** Says that the call waits for a model that is away; throws the error if it does not. */
  private void awaitModel(
      LmException.Retriable error, Duration delay, Duration then, AttemptListener listener) {
    boolean away =
        error instanceof LmException.RateLimited || error instanceof LmException.Unavailable;
    if (!away || then.compareTo(settings.outageTime()) > 0) {
      throw error;
    }
    long said = saidNanos.get();
    long now = time.nanoTime();
    if (now - said >= SAID_EVERY.toNanos() && saidNanos.compareAndSet(said, now)) {
      LOG.warn(
          "Calls wait for the model {}, each up to {} in all, the next attempt in {}: {}",
          modelId,
          settings.outageTime(),
          delay,
          error.getMessage());
      listener.onOutage(error, delay);
    }
  }

  private void waitFor(Duration delay) {
    try {
      OrderedWork.replacedWhile(() -> time.sleep(delay.toNanos()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while waiting to try again", e);
    }
  }
}
