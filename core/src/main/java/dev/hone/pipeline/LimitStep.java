package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;

/**
 * Limits the number of calls that pass at once. A call holds its place until the provider has
 * answered.
 */
final class LimitStep implements PipelineStep {
  private final PipelineStep next;
  private final InFlightLimit limit;

  LimitStep(PipelineStep next, InFlightLimit limit) {
    this.next = next;
    this.limit = limit;
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    InFlightLimit.Window window = enter();
    try {
      LmResponse response = next.call(request, listener);
      limit.onSuccess(window);
      return response;
    } catch (LmException.RateLimited e) {
      limit.onRateLimited(window);
      throw e;
    } catch (Throwable e) {
      limit.onFailure(window);
      throw e;
    } finally {
      limit.exit();
    }
  }

  private InFlightLimit.Window enter() {
    try {
      return limit.enter();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while waiting for a call to end", e);
    }
  }
}
