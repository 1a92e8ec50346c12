package dev.hone.langchain4j;

import dev.hone.lm.LmException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/**
 * Makes one of our exceptions of whatever a chat model throws: by the HTTP status if there is one
 * in the causes, else by LangChain4j's class, else by what became of the connection. What is none
 * of these is a bug.
 *
 * @param modelId the model that the messages name
 * @param secrets what no message may hold
 */
record ErrorMapping(String modelId, Secrets secrets) {
  LmException of(RuntimeException error) {
    Throwable cause = secrets.scrub((Throwable) error);
    if (Thread.currentThread().isInterrupted()
        || Causes.find(error, InterruptedException.class).isPresent()
        || Causes.find(error, ClosedByInterruptException.class).isPresent()) {
      Thread.currentThread().interrupt();
      return new LmException.Interrupted("Interrupted while waiting for " + modelId, cause);
    }
    if (Causes.find(error, ContentFilteredException.class).isPresent()) {
      return new LmException.ContentRefused(saying("refused the content", error), cause);
    }
    return Causes.find(error, HttpException.class)
        .map(http -> new HttpStatusMapping(modelId, secrets, http, cause).exception())
        .or(() -> explained(error, cause))
        .or(() -> byClass(error, cause))
        .or(() -> byConnection(error, cause))
        .orElseGet(
            () ->
                new LmException.ProviderFailed(
                    saying("failed with an unexpected " + error.getClass().getSimpleName(), error),
                    cause));
  }

  private Optional<LmException> explained(RuntimeException error, Throwable cause) {
    return Causes.find(error, ConnectionFailure.class)
        .map(
            failure ->
                new LmException.Unavailable(
                    "%s cannot be reached: %s"
                        .formatted(
                            modelId,
                            HttpStatusMapping.brief(secrets, String.valueOf(failure.getMessage()))),
                    null,
                    cause));
  }

  private Optional<LmException> byClass(RuntimeException error, Throwable cause) {
    if (error instanceof RateLimitException) {
      return Optional.of(
          new LmException.RateLimited(saying("limits the rate", error), null, cause));
    } else if (error instanceof TimeoutException) {
      return Optional.of(new LmException.TimedOut(saying("did not answer in time", error), cause));
    } else if (error instanceof RetriableException
        || error instanceof UnresolvedModelServerException) {
      return Optional.of(
          new LmException.Unavailable(saying("cannot be reached", error), null, cause));
    } else if (error instanceof AuthenticationException) {
      return Optional.of(
          new LmException.Unauthorized(saying("refuses the credential", error), cause));
    } else if (error instanceof NonRetriableException
        || error instanceof UnsupportedFeatureException) {
      return Optional.of(
          new LmException.InvalidRequest(saying("does not take the request", error), cause));
    }
    return Optional.empty();
  }

  private Optional<LmException> byConnection(RuntimeException error, Throwable cause) {
    if (Causes.find(error, HttpTimeoutException.class).isPresent()
        || Causes.find(error, SocketTimeoutException.class).isPresent()
        || Causes.find(error, java.util.concurrent.TimeoutException.class).isPresent()) {
      return Optional.of(new LmException.TimedOut(saying("did not answer in time", error), cause));
    } else if (Causes.find(error, IOException.class).isPresent()
        || Causes.find(error, UnresolvedAddressException.class).isPresent()) {
      return Optional.of(
          new LmException.Unavailable(saying("cannot be reached", error), null, cause));
    }
    return Optional.empty();
  }

  private String saying(String what, Throwable error) {
    return "%s %s: %s"
        .formatted(modelId, what, HttpStatusMapping.brief(secrets, Causes.deepestMessage(error)));
  }
}
