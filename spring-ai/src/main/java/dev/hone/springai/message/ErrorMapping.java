package dev.hone.springai.message;

import dev.hone.lm.LmException;
import dev.hone.lm.bridge.Causes;
import dev.hone.lm.bridge.HttpStatusMapping;
import dev.hone.lm.bridge.RetryAfter;
import dev.hone.lm.bridge.Secrets;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Maps anything that a model of Spring AI throws to one of Hone's exceptions: by the HTTP status if
 * there is one in the causes, else by what became of the connection or the reply. What is none of
 * these is a bug.
 *
 * @param modelId the model that the messages name
 * @param secrets what no message may hold
 */
public record ErrorMapping(String modelId, Secrets secrets) {
  /** The exception that stands for one. */
  public LmException of(RuntimeException error) {
    Optional<LmException> own = Causes.find(error, LmException.class);
    if (own.isPresent()) {
      return own.get();
    }
    Throwable cause = secrets.scrub((Throwable) error);
    if (isInterrupt(error)) {
      Thread.currentThread().interrupt();
      return new LmException.Interrupted("Interrupted while waiting for " + modelId, cause);
    }
    return ForeignStatus.of(error)
        .map(status -> of(status, cause))
        .or(() -> byConnection(error, cause))
        .or(() -> byReply(error, cause))
        .or(() -> byClass(error, cause))
        .orElseGet(
            () ->
                new LmException.ProviderFailed(
                    saying("failed with an unexpected " + error.getClass().getSimpleName(), error),
                    cause));
  }

  private static boolean isInterrupt(Throwable error) {
    return Thread.currentThread().isInterrupted()
        || Causes.find(error, InterruptedException.class).isPresent()
        || Causes.find(error, ClosedByInterruptException.class).isPresent();
  }

  private LmException of(ForeignStatus status, Throwable cause) {
    if (status.status() < 400) {
      return unreadable(cause, false);
    }
    return new HttpStatusMapping(
            modelId,
            secrets,
            status.status(),
            status.status(),
            RetryAfter.of(status::header, status.body(), Clock.systemUTC()),
            status.body(),
            cause)
        .exception();
  }

  private Optional<LmException> byConnection(Throwable error, Throwable cause) {
    if (isTimeout(error)) {
      return Optional.of(new LmException.TimedOut(saying("did not answer in time", error), cause));
    }
    return Causes.find(error, IOException.class)
        .filter(broken -> !isOfJackson(broken))
        .map(
            broken ->
                new LmException.Unavailable(
                    "%s cannot be reached: %s. Maybe %s."
                        .formatted(modelId, brief(broken), fix(broken)),
                    null,
                    cause));
  }

  private static boolean isTimeout(Throwable error) {
    return Causes.find(error, SocketTimeoutException.class).isPresent()
        || Causes.find(error, TimeoutException.class).isPresent()
        || Causes.find(error, InterruptedIOException.class).isPresent()
        || Causes.find(error, ErrorMapping::isTimeoutOfNetty).isPresent();
  }

  /** By name, since an application may have another client; they share no class with Java's. */
  private static boolean isTimeoutOfNetty(Throwable error) {
    return error.getClass().getSimpleName().matches("(Read|Write)TimeoutException");
  }

  private static String fix(IOException broken) {
    if (broken instanceof UnknownHostException) {
      return "the URL has a typo, or there is no network";
    }
    return broken instanceof ConnectException
        ? "the server is not running: start it, or check the port"
        : "the server, or a proxy before it, stopped in the middle";
  }

  /** A reply that came but cannot be read. */
  private Optional<LmException> byReply(Throwable error, Throwable cause) {
    return Causes.find(
            error,
            one -> isOfJackson(one) || one.getClass().getSimpleName().contains("InvalidData"))
        .map(one -> unreadable(cause, Causes.find(error, ErrorMapping::isCutOff).isPresent()));
  }

  private static boolean isCutOff(Throwable error) {
    return error instanceof EOFException
        || error.getClass().getSimpleName().matches(".*(EOF|EndOfInput).*")
        || String.valueOf(error.getMessage()).contains("end-of-input")
        || String.valueOf(error.getMessage()).contains("No content to map");
  }

  private LmException unreadable(Throwable cause, boolean again) {
    String message =
        modelId
            + " answered with something that its Spring AI class cannot read. Maybe "
            + (again
                ? "the server, or a proxy before it, stopped in the middle."
                : "the URL is that of another service.");
    return again
        ? new LmException.Unavailable(message, null, cause)
        : new LmException.InvalidRequest(message, cause);
  }

  private Optional<LmException> byClass(RuntimeException error, Throwable cause) {
    String type = error.getClass().getSimpleName();
    if (type.equals("TransientAiException") || type.endsWith("RetryableException")) {
      return Optional.of(
          new LmException.Unavailable(saying("cannot be reached", error), null, cause));
    } else if (type.equals("NonTransientAiException")
        || error instanceof IllegalArgumentException
        || error instanceof UnsupportedOperationException) {
      return Optional.of(
          new LmException.InvalidRequest(saying("does not take the request", error), cause));
    }
    return Optional.empty();
  }

  /** By name, since a provider's library may have another version of it. */
  private static boolean isOfJackson(Throwable error) {
    String name = error.getClass().getName();
    return name.startsWith("com.fasterxml.jackson.") || name.startsWith("tools.jackson.");
  }

  private String saying(String what, Throwable error) {
    return "%s %s: %s".formatted(modelId, what, brief(error));
  }

  private String brief(Throwable error) {
    return HttpStatusMapping.brief(secrets, Causes.deepestMessage(error));
  }
}
