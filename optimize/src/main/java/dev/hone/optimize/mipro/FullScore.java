package dev.hone.optimize.mipro;

import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.metric.CorpusMetric;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.stats.Interval;
import dev.hone.stats.ObservationTally;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A configuration's score on the whole validation set, except for the examples without a score: the
 * baseline's over its own, others' over those that the baseline has a score on too.
 *
 * @param configuration the configuration
 * @param scoreMean the mean score, as the metric gives it, or the value of the set
 * @param interval its 95 % confidence interval. For the best of many it is optimistic, since the
 *     best was chosen by this score
 * @param examples the number of examples with a score
 */
public record FullScore(
    Configuration configuration, double scoreMean, Interval interval, int examples) {
  /**
   * The score of a fully evaluated configuration, over all examples that the baseline has a score
   * on; over its own if there are none of those.
   */
  static FullScore of(
      ScoreTable scores,
      Optional<? extends CorpusMetric<?, ?>> metric,
      Configuration configuration,
      Configuration baseline) {
    double[] own = scores.scores(configuration);
    double[] reference = scores.scores(baseline);
    double[] common =
        IntStream.range(0, own.length)
            .filter(example -> !Double.isNaN(reference[example]))
            .mapToDouble(example -> own[example])
            .filter(score -> !Double.isNaN(score))
            .toArray();
    double[] values =
        common.length > 0
            ? common
            : Arrays.stream(own).filter(score -> !Double.isNaN(score)).toArray();
    if (metric.isPresent()) {
      ObservationTally set =
          scores.observations(
              configuration, example -> common.length == 0 || !Double.isNaN(reference[example]));
      return new FullScore(
          configuration, metric.get().value(set), metric.get().interval(set), values.length);
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    return new FullScore(configuration, mean, Interval.ofMean(values, 0.95), values.length);
  }

  /** The score over all examples that the configuration has one on. */
  static double valueOf(
      ScoreTable scores,
      Optional<? extends CorpusMetric<?, ?>> metric,
      Configuration configuration) {
    return metric.isPresent()
        ? metric.get().value(scores.observations(configuration, example -> true))
        : scores.mean(configuration).orElse(Double.NaN);
  }

  MeasuredScore measured(String name) {
    return new MeasuredScore(name, scoreMean, interval.lower(), interval.upper(), examples);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.3f [%.3f, %.3f]", scoreMean, interval.lower(), interval.upper());
  }
}
