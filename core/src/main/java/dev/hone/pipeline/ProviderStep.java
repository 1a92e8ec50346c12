package dev.hone.pipeline;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.flow.ToldReply;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** The last step: one attempt at the provider, whose surprises become exceptions of ours. */
final class ProviderStep implements PipelineStep {
  private final LanguageModel provider;

  ProviderStep(LanguageModel provider) {
    this.provider = provider;
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    listener.beforeAttempt();
    ToldReply told = new ToldReply(listener.replyListener());
    LmResponse response;
    try {
      response = told.checked(() -> attempt(request, told.listener()));
    } catch (LmException e) {
      LmException error = told.failure(e);
      listener.afterFailure(error);
      throw error;
    } catch (ToldReply.Stopped e) {
      listener.afterFailure(e.failure());
      throw e;
    } catch (Error e) {
      listener.afterFailure(surprise(e));
      throw e;
    }
    listener.afterReply(response);
    return response;
  }

  /** Asks the provider, which streams only if somebody is told. */
  LmResponse attempt(LmRequest request, ReplyListener told) {
    @Nullable LmResponse response;
    try {
      response = told == ReplyListener.NONE ? provider.call(request) : provider.call(request, told);
    } catch (LmException | Error e) {
      throw e;
    } catch (Throwable e) {
      // A checked exception, too, if it was thrown past the compiler.
      throw surprise(e);
    }
    if (response == null) {
      throw new LmException.ProviderFailed(
          "The model %s returned null, expected a reply. Maybe the method call of %s has a bug."
              .formatted(provider.id(), provider.getClass().getName()),
          null);
    }
    return response;
  }

  /** A bug, unless the thread was interrupted: then any exception is due to that. */
  LmException surprise(Throwable error) {
    if (Thread.currentThread().isInterrupted() || isDueToInterrupt(error)) {
      Thread.currentThread().interrupt();
      return new LmException.Interrupted("Interrupted while waiting for " + provider.id(), error);
    }
    return new LmException.ProviderFailed(
        "The model %s failed with an unexpected %s: %s"
            .formatted(provider.id(), error.getClass().getSimpleName(), error.getMessage()),
        error);
  }

  private static boolean isDueToInterrupt(Throwable error) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
