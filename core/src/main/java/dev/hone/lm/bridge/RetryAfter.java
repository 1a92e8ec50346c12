package dev.hone.lm.bridge;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a provider asks to wait: {@code retry-after-ms}, then {@code Retry-After} in
 * seconds or as a date (RFC 9110, 10.2.3); without such a header the {@code retryDelay} that Google
 * puts into the body. Anything else is left out.
 */
public final class RetryAfter {
  private static final Pattern DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9.]+)s\"");

  private RetryAfter() {}

  /**
   * The wait that the headers state, else the one in the body; null if there is none.
   *
   * @param header the first value of a header by its name, in any case
   */
  public static @Nullable Duration of(
      Function<String, Optional<String>> header, String body, Clock clock) {
    Duration stated = of(header, clock);
    Matcher delay = DELAY.matcher(body);
    return stated == null && delay.find() ? seconds(delay.group(1), clock).orElse(null) : stated;
  }

  static @Nullable Duration of(Function<String, Optional<String>> header, Clock clock) {
    Optional<Duration> millis = header.apply("retry-after-ms").flatMap(RetryAfter::millis);
    return millis
        .or(() -> header.apply("Retry-After").flatMap(text -> seconds(text, clock)))
        .filter(wait -> !wait.isNegative())
        .orElse(null);
  }

  private static Optional<Duration> millis(String text) {
    return number(text).map(millis -> Duration.ofNanos((long) (millis * 1e6)));
  }

  private static Optional<Duration> seconds(String text, Clock clock) {
    return number(text)
        .map(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
        .or(() -> until(text, clock));
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text.strip())).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A date that has passed asks for no wait. */
  private static Optional<Duration> until(String text, Clock clock) {
    try {
      Instant date =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), date);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
