package dev.hone.cli.demo;

import dev.hone.context.LmEvent;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.observe.Event;
import dev.hone.pipeline.RetrySettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts into a phrase that a call had no reply, and when it is tried again. Not thread-safe.
 *
 * @param settings how the pipeline tries again
 * @param attempts the attempts so far of calls that failed and have not ended
 */
record Failures(RetrySettings settings, Map<LmRequest, Integer> attempts) {
  Failures(RetrySettings settings) {
    this(settings, new HashMap<>());
  }

  /** The phrase; empty if the event is not worth one. */
  Optional<String> of(Event event) {
    if (event instanceof LmEvent.AttemptFailed failed
        && failed.error() instanceof LmException.Retriable error) {
      return next(error, attempts.merge(failed.request(), 1, Integer::sum));
    } else if (event instanceof LmEvent.CallAnswered answered) {
      attempts.remove(answered.request());
    } else if (event instanceof LmEvent.CallFailed failed) {
      attempts.remove(failed.request());
      return Optional.of("a call failed: " + failed.error().getMessage());
    }
    return Optional.empty();
  }

  /** The delay without its jitter; whether a long one is still in time is not known here. */
  private Optional<String> next(LmException.Retriable error, int failed) {
    if (failed >= settings.maxAttempts()) {
      return Optional.empty();
    }
    Duration delay = settings.delay(failed, error, 0.5);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s, retry %d of %d in %.1f s",
            what(error),
            failed,
            settings.maxAttempts() - 1,
            delay.toMillis() / 1000.0));
  }

  private static String what(LmException.Retriable error) {
    if (error instanceof LmException.RateLimited) {
      return "rate limit reached";
    } else if (error instanceof LmException.TimedOut) {
      return "no answer in time";
    }
    return "model not reached";
  }
}
