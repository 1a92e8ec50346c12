package dev.hone.report.data;

import dev.hone.optimize.StateScore;
import org.jspecify.annotations.Nullable;

/**
 * A score with its 95 % confidence interval.
 *
 * @param mean the score
 * @param lower the lower end; null if there is none
 * @param upper the upper end; null if there is none
 * @param examples on how many examples
 */
public record ScoreEntry(
    double mean, @Nullable Double lower, @Nullable Double upper, int examples) {
  /** Fills in what is missing. */
  public ScoreEntry {
    mean = Given.finite(mean);
    lower = Given.finite(lower);
    upper = Given.finite(upper);
  }

  /** The score of a program's state. */
  public static ScoreEntry of(StateScore score) {
    return new ScoreEntry(
        score.scoreMean(), score.interval().lower(), score.interval().upper(), score.examples());
  }
}
