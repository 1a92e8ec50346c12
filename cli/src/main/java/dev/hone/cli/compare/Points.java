package dev.hone.cli.compare;

import dev.hone.report.page.Words;
import dev.hone.stats.Interval;
import dev.hone.text.Rounded;

/** Scores for people: in points of a hundred, as the rest of the command line shows them. */
public final class Points {
  private Points() {}

  /** A score, such as {@code 75.0}. */
  public static String of(double score) {
    return Rounded.points(score);
  }

  /** An interval, such as {@code (64.0 to 83.5)}. */
  public static String of(Interval interval) {
    return "(" + of(interval.lower()) + " to " + of(interval.upper()) + ")";
  }

  /** A probability, such as {@code 71 %}, and never a certainty. */
  public static String percent(double probability) {
    return Words.percent(probability);
  }
}
