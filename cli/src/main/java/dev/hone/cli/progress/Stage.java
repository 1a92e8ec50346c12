package dev.hone.cli.progress;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How far one stage of the work is. Not thread-safe. */
final class Stage {
  private final String name;
  private final long startNanos;
  private OptionalLong total;
  private long done;
  private double scoreSum;
  private long scored;

  Stage(String name, OptionalLong total, long startNanos) {
    this.name = name;
    this.total = total;
    this.startNanos = startNanos;
  }

  String name() {
    return name;
  }

  /** When it began. */
  long startNanos() {
    return startNanos;
  }

  /** It is known how much there is to do. */
  void expect(long value) {
    total = OptionalLong.of(value);
  }

  /** So much is done in all. */
  void reached(long value) {
    done = value;
  }

  /** One more is done. */
  void advance() {
    done++;
  }

  /** One example has this score, 0 to 1. */
  void scored(double score) {
    scoreSum += score;
    scored++;
  }

  /** How much is done, 0 to 1; empty if that is not known. */
  OptionalDouble share() {
    return total.isPresent() && total.getAsLong() > 0
        ? OptionalDouble.of(Math.min(1.0, (double) done / total.getAsLong()))
        : OptionalDouble.empty();
  }

  /** How much is done in numbers, such as {@code 12 of 48}; empty if nothing is counted. */
  String count() {
    if (total.isPresent()) {
      return String.format(Locale.ROOT, "%,d of %,d", done, total.getAsLong());
    }
    return done == 0 ? "" : String.format(Locale.ROOT, "%,d", done);
  }

  /** The mean score so far; empty if nothing was scored. */
  OptionalDouble score() {
    return scored == 0 ? OptionalDouble.empty() : OptionalDouble.of(scoreSum / scored);
  }
}
