package dev.hone.cli.progress;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Times for people: {@code 41 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
final class Seconds {
  private static final long MINUTE = 60;
  private static final long HOUR = 3600;

  private Seconds() {}

  /** The time in whole seconds. */
  static String text(long nanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    if (seconds < MINUTE) {
      return seconds + " s";
    } else if (seconds < HOUR) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / MINUTE, seconds % MINUTE);
    }
    return String.format(Locale.ROOT, "%d h %02d min", seconds / HOUR, seconds % HOUR / MINUTE);
  }
}
