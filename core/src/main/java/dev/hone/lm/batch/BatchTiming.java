package dev.hone.lm.batch;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import java.time.Duration;

/**
 * When calls become a batch, and when it is looked after. Immutable.
 *
 * <p>Defaults: a batch is handed in when no further call came for 1 s, at the latest 60 s after its
 * first one; it is looked at after 1 s, and then after waits that grow by half, up to 2 minutes;
 * trouble with the provider is borne for 1 hour.
 */
public final class BatchTiming {
  private static final BatchTiming DEFAULTS =
      new BatchTiming(
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofMinutes(2),
          Duration.ofHours(1));

  private final Duration quiet;
  private final Duration longestGathering;
  private final Duration firstLook;
  private final Duration longestLook;
  private final Duration patience;

  private BatchTiming(
      Duration quiet,
      Duration longestGathering,
      Duration firstLook,
      Duration longestLook,
      Duration patience) {
    this.quiet = quiet;
    this.longestGathering = longestGathering;
    this.firstLook = firstLook;
    this.longestLook = longestLook;
    this.patience = patience;
  }

  /** The defaults. */
  public static BatchTiming defaults() {
    return DEFAULTS;
  }

  /**
   * A copy that hands a batch in when no further call came for a time.
   *
   * @param longest how long after the first call at the latest
   * @throws InvalidInputException if one is not above 0, or the longest is shorter
   */
  public BatchTiming gathering(Duration quietFor, Duration longest) {
    return new BatchTiming(
        positive("quiet", quietFor),
        notShorter("longest", longest, "quiet", quietFor),
        firstLook,
        longestLook,
        patience);
  }

  /**
   * A copy that looks at a batch after a first wait, and then after waits that grow.
   *
   * @throws InvalidInputException if one is not above 0, or the longest is shorter
   */
  public BatchTiming looks(Duration first, Duration longest) {
    return new BatchTiming(
        quiet,
        longestGathering,
        positive("first", first),
        notShorter("longest", longest, "first", first),
        patience);
  }

  /**
   * A copy that bears trouble with the provider, such as refusals and lost connections, for this
   * time; then the calls of the batch fail. The batch itself goes on.
   *
   * @throws InvalidInputException if it is not above 0
   */
  public BatchTiming patience(Duration value) {
    return new BatchTiming(
        quiet, longestGathering, firstLook, longestLook, positive("patience", value));
  }

  private static Duration positive(String name, Duration value) {
    if (SettingCheck.given(name, value).compareTo(Duration.ZERO) <= 0) {
      throw InvalidInputException.of(name + " (" + value + ") is not above 0", "use PT1S");
    }
    return value;
  }

  private static Duration notShorter(String name, Duration value, String least, Duration than) {
    if (SettingCheck.given(name, value).compareTo(than) < 0) {
      throw InvalidInputException.of(
          "%s (%s) is shorter than %s (%s)".formatted(name, value, least, than), "raise " + name);
    }
    return value;
  }

  /** How long no further call came when a batch is handed in. */
  public Duration quiet() {
    return quiet;
  }

  /** How long after its first call a batch is handed in at the latest. */
  public Duration longestGathering() {
    return longestGathering;
  }

  /** The wait before the first look. */
  public Duration firstLook() {
    return firstLook;
  }

  /** The longest wait between two looks. */
  public Duration longestLook() {
    return longestLook;
  }

  /** How long trouble with the provider is borne. */
  public Duration patience() {
    return patience;
  }

  /** The wait after one that was this long. */
  Duration longer(Duration wait) {
    Duration more = wait.plus(wait.dividedBy(2));
    return more.compareTo(longestLook) > 0 ? longestLook : more;
  }

  /** One line with all settings. */
  @Override
  public String toString() {
    return "BatchTiming[quiet %s, at most %s; looks %s to %s; patience %s]"
        .formatted(quiet, longestGathering, firstLook, longestLook, patience);
  }
}
