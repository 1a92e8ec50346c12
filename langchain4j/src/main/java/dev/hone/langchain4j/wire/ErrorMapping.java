package dev.hone.langchain4j.wire;

import dev.hone.lm.LmException;
import dev.hone.lm.bridge.Causes;
import dev.hone.lm.bridge.HttpStatusMapping;
import dev.hone.lm.bridge.Secrets;
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
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/**
 * Maps anything that a chat model throws to one of Hone's exceptions: by the HTTP status if there
 * is one in the causes, else by LangChain4j's class, else by what became of the connection. What is
 * none of these is a bug.
 *
 * @param modelId the model that the messages name
 * @param secrets what no message may hold
 */
public record ErrorMapping(String modelId, Secrets secrets) {
  /** The exception that stands for one. */
  public LmException of(RuntimeException error) {
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
        .map(http -> mapping(http, cause).exception())
        .or(() -> explained(error, cause))
        .or(() -> foreign(error, cause))
        .or(() -> byClass(error, cause))
        .or(() -> byConnection(error, cause))
        .orElseGet(
            () ->
                new LmException.ProviderFailed(
                    saying("failed with an unexpected " + error.getClass().getSimpleName(), error),
                    cause));
  }

  private HttpStatusMapping mapping(HttpException http, Throwable cause) {
    HttpFailure failure = http instanceof HttpFailure one ? one : null;
    return new HttpStatusMapping(
        modelId,
        secrets,
        http.statusCode(),
        failure == null ? http.statusCode() : failure.received(),
        failure == null ? null : failure.retryAfter(),
        http.getMessage() == null ? "" : http.getMessage(),
        cause);
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

  /** A reply that came but cannot be read. */
  private Optional<LmException> foreign(RuntimeException error, Throwable cause) {
    Optional<ForeignReply> reply = Causes.find(error, ForeignReply.class);
    if (reply.isPresent()) {
      String words = HttpStatusMapping.brief(secrets, String.valueOf(reply.get().getMessage()));
      return Optional.of(unreadable(words, reply.get().cutOff(), cause));
    }
    return Causes.find(error, ErrorMapping::isOfJackson)
        .map(
            parser ->
                unreadable(
                    "answered with something that its LangChain4j class cannot read. Maybe the URL"
                        + " is that of another service, or the reply is very large.",
                    parser.getClass().getSimpleName().matches(".*(EOF|EndOfInput).*"),
                    cause));
  }

  private LmException unreadable(String words, boolean again, Throwable cause) {
    String message = modelId + " " + words;
    return again
        ? new LmException.Unavailable(message, null, cause)
        : new LmException.InvalidRequest(message, cause);
  }

  /** Nothing was sent, so that nothing can have been charged. */
  private static boolean isOfNoConnection(RuntimeException error) {
    return Causes.find(error, HttpConnectTimeoutException.class).isPresent();
  }

  /** By name, since LangChain4j may have another version of it. */
  private static boolean isOfJackson(Throwable error) {
    String name = error.getClass().getName();
    return name.startsWith("com.fasterxml.jackson.") || name.startsWith("tools.jackson.");
  }

  private Optional<LmException> byClass(RuntimeException error, Throwable cause) {
    if (error instanceof RateLimitException) {
      return Optional.of(
          new LmException.RateLimited(saying("limits the rate", error), null, cause));
    } else if (error instanceof TimeoutException && !isOfNoConnection(error)) {
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
    } else if (isUnknownContent(error)) {
      return Optional.of(
          new LmException.InvalidRequest(
              modelId
                  + " cannot be sent a part of a message, such as a recording. Maybe use a model"
                  + " whose capabilities have it.",
              null));
    }
    return Optional.empty();
  }

  /** What LangChain4j says before a call; its message holds the whole part, so it is no cause. */
  private static boolean isUnknownContent(RuntimeException error) {
    return error instanceof IllegalArgumentException
        && String.valueOf(error.getMessage()).startsWith("Unknown content type");
  }

  private Optional<LmException> byConnection(RuntimeException error, Throwable cause) {
    if (!isOfNoConnection(error) && Causes.find(error, HttpTimeoutException.class).isPresent()
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
