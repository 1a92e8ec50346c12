package dev.hone.optimize.mipro;

import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.optimize.search.Configuration;
import dev.hone.stats.Interval;

/**
 * A configuration's score on the whole validation set, but for the examples without a score: the
 * baseline's over its own, others' over those that the baseline has a score on too.
 *
 * @param configuration the configuration
 * @param scoreMean the mean score, as the metric gives it
 * @param interval its 95 % confidence interval. For the best of many it is optimistic, since the
 *     best was chosen by this score
 * @param examples the number of examples with a score
 */
public record FullScore(
    Configuration configuration, double scoreMean, Interval interval, int examples) {
  MeasuredScore measured(String name) {
    return new MeasuredScore(name, scoreMean, interval.lower(), interval.upper(), examples);
  }

  @Override
  public String toString() {
    return "%.3f [%.3f, %.3f]".formatted(scoreMean, interval.lower(), interval.upper());
  }
}
