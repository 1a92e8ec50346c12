package dev.hone.context;

import dev.hone.lm.LmEvent;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.AttemptListener;
import dev.hone.pipeline.LmPipeline;
import java.time.Duration;

/**
 * One call of the model of a context: asks the interceptors, keeps the budget, tells the listeners.
 */
final class ModelCall implements AttemptListener {
  private final Context context;
  private final LmPipeline model;
  private final LmRequest request;

  ModelCall(Context context, LmPipeline model, LmRequest request) {
    this.context = context;
    this.model = model;
    this.request = request;
  }

  LmResponse run() {
    long startNanos = System.nanoTime();
    try {
      intercept();
      LmResponse response = model.call(request, this);
      context.emit(new LmEvent.CallAnswered(model.id(), request, response, since(startNanos)));
      return response;
    } catch (LmException e) {
      context.emit(new LmEvent.CallFailed(model.id(), request, e, since(startNanos)));
      throw e;
    }
  }

  private void intercept() {
    for (Interceptor interceptor : context.interceptors()) {
      try {
        interceptor.beforeCall(request, context.metadata());
      } catch (LmException.Vetoed e) {
        throw e;
      } catch (RuntimeException e) {
        throw new LmException.Vetoed("An interceptor vetoed the call: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void beforeAttempt() {
    context.budget().reserve();
  }

  @Override
  public void afterFailure(LmException error) {
    if (error instanceof LmException.RateLimited) {
      context.budget().release();
    }
    context.emit(new LmEvent.AttemptFailed(model.id(), request, error));
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
