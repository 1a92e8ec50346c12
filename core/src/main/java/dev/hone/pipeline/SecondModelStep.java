package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.bridge.Causes;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks another model where the first one is away, after all its retries, or takes no prompt of this
 * length; never once a part of a reply was shown. Its replies are in its own cache only. Says so in
 * the log the first, second, fourth and so on time.
 */
final class SecondModelStep implements PipelineStep {
  private static final Logger LOG = LoggerFactory.getLogger(SecondModelStep.class);

  private final PipelineStep next;
  private final String modelId;
  private final LmPipeline second;
  private final AtomicLong times = new AtomicLong();

  SecondModelStep(PipelineStep next, String modelId, LmPipeline second) {
    this.next = next;
    this.modelId = modelId;
    this.second = second;
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    try {
      return next.call(request, listener);
    } catch (LmException.StreamBroken e) {
      throw e;
    } catch (LmException.Retriable | LmException.ContextWindowExceeded e) {
      return other(request, listener, e);
    }
  }

  private LmResponse other(LmRequest request, AttemptListener listener, LmException first) {
    if (DeadlineStep.of(listener).leftNanos() <= 0) {
      throw first;
    }
    long count = times.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      LOG.warn(
          "{} is asked instead of {}; so far {} times: {}",
          second.id(),
          modelId,
          count,
          first.getMessage());
    }
    listener.onFallback(second.id(), first);
    try {
      return second.call(request, listener);
    } catch (LmException e) {
      Causes.suppress(e, first);
      throw e;
    }
  }
}
