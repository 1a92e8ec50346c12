package dev.hone.optimize.mipro;

import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.optimize.choice.CommonExamples;
import dev.hone.optimize.search.Configuration;
import dev.hone.stats.Interval;
import dev.hone.stats.ObservationTally;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A configuration's score on the examples of the validation set that it and the baseline both have
 * a score on, so that the two can be compared: all of them where both were evaluated on the whole
 * set. In a report the baseline's is over the same examples as that of what is returned.
 *
 * @param configuration the configuration
 * @param scoreMean the mean score, as the metric gives it, or the value of the set
 * @param interval its 95 % confidence interval. For the best of many it is optimistic, since the
 *     best was chosen by this score
 * @param examples the number of examples with a score
 */
public record FullScore(
    Configuration configuration, double scoreMean, Interval interval, int examples) {
  /** The score of a configuration on some examples, at least one, each with a score. */
  static FullScore of(CommonExamples scores, Configuration configuration, List<Integer> examples) {
    double value = scores.value(configuration, examples);
    if (scores.metric().isPresent()) {
      Set<Integer> which = new HashSet<>(examples);
      ObservationTally set = scores.scores().observations(configuration, which::contains);
      return new FullScore(
          configuration, value, scores.metric().get().interval(set), examples.size());
    }
    double[] values =
        examples.stream()
            .mapToDouble(example -> scores.scores().score(configuration, example).orElseThrow())
            .toArray();
    return new FullScore(configuration, value, Interval.ofMean(values, 0.95), values.length);
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
