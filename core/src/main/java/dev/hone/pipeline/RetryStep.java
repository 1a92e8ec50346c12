package dev.hone.pipeline;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again what may succeed later. Failsafe keeps the loop and waits; how long is decided here,
 * since its jitter may cut short the wait that a provider asked for, and its limit on the total
 * time does not spare a wait that is in vain.
 */
final class RetryStep implements PipelineStep {
  private final PipelineStep next;
  private final RetrySettings settings;
  private final FailsafeExecutor<LmResponse> failsafe;

  RetryStep(PipelineStep next, RetrySettings settings) {
    this.next = next;
    this.settings = settings;
    this.failsafe =
        Failsafe.with(
            RetryPolicy.<LmResponse>builder()
                .handle(Delayed.class)
                .withMaxAttempts(-1)
                .withDelayFnOn(context -> delayed(context).delay, Delayed.class)
                .build());
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener watch) {
    try {
      return failsafe.get(context -> attempt(request, watch, context));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new LmException.Interrupted("Interrupted while waiting to try again", e);
      }
      throw e;
    }
  }

  /** Fails with {@link Delayed} if there is to be another attempt. */
  private LmResponse attempt(
      LmRequest request, AttemptListener watch, ExecutionContext<LmResponse> context) {
    try {
      return next.call(request, watch);
    } catch (LmException.Retriable e) {
      int attempts = context.getAttemptCount() + 1;
      Duration delay = settings.delay(attempts, e, ThreadLocalRandom.current().nextDouble());
      boolean inTime = context.getElapsedTime().plus(delay).compareTo(settings.totalTime()) <= 0;
      if (attempts < settings.maxAttempts() && inTime) {
        throw new Delayed(delay);
      }
      throw e;
    }
  }

  private static Delayed delayed(ExecutionContext<LmResponse> context) {
    Delayed delayed = context.getLastException();
    return delayed;
  }

  /** Asks Failsafe for another attempt after a delay; never leaves this step. */
  private static final class Delayed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration delay;

    Delayed(Duration delay) {
      super(null, null, false, false);
      this.delay = delay;
    }
  }
}
