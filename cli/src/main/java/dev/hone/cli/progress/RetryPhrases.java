package dev.hone.cli.progress;

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
record RetryPhrases(RetrySettings settings, Map<LmRequest, Integer> attempts) {
  private static final Duration FAILURE = Duration.ofSeconds(3);
  private static final Duration LEAST = Duration.ofSeconds(1);

  /**
   * A phrase, and how long it is worth being shown.
   *
   * @param text the phrase
   * @param time how long
   */
  record Notice(String text, Duration time) {}

  RetryPhrases(RetrySettings settings) {
    this(settings, new HashMap<>());
  }

  /** The phrase; empty if the event is not worth one. */
  Optional<Notice> of(Event event) {
    if (event instanceof LmEvent.OutageWait waiting) {
      return Optional.of(outage(waiting));
    } else if (event instanceof LmEvent.AttemptFailed failed
        && failed.error() instanceof LmException.Retriable error) {
      return next(error, attempts.merge(failed.request(), 1, Integer::sum));
    } else if (event instanceof LmEvent.CallAnswered answered) {
      attempts.remove(answered.request());
    } else if (event instanceof LmEvent.CallFailed failed) {
      attempts.remove(failed.request());
      return Optional.of(new Notice("a call failed: " + failed.error().getMessage(), FAILURE));
    }
    return Optional.empty();
  }

  private static Notice outage(LmEvent.OutageWait waiting) {
    return new Notice(
        "%s, next try in %d s".formatted(what(waiting.error()), waiting.delay().toSeconds()),
        longer(waiting.delay()));
  }

  /** The delay without its jitter; whether a long one is still in time is not known here. */
  private Optional<Notice> next(LmException.Retriable error, int failed) {
    if (failed >= settings.maxAttempts()) {
      return Optional.empty();
    }
    Duration delay = settings.delay(failed, error, 0.5);
    String text =
        String.format(
            Locale.ROOT,
            "%s, retry %d of %d in %.1f s",
            what(error),
            failed,
            settings.maxAttempts() - 1,
            delay.toMillis() / 1000.0);
    return Optional.of(new Notice(text, longer(delay)));
  }

  private static Duration longer(Duration time) {
    return time.compareTo(LEAST) < 0 ? LEAST : time;
  }

  private static String what(LmException error) {
    if (error instanceof LmException.RateLimited) {
      return "rate limit reached";
    } else if (error instanceof LmException.TimedOut) {
      return "no answer in time";
    }
    return "model not reached";
  }
}
