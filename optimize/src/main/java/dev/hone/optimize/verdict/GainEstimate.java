package dev.hone.optimize.verdict;

import dev.hone.InvalidInputException;
import dev.hone.stats.Interval;
import dev.hone.stats.StudentDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The gain of one of many candidates over the baseline, on new examples of the same kind, where it
 * was chosen by the very scores that the gain is estimated from. Immutable.
 *
 * <p>Card. The interval is that of Student's paired t test with two ends of their own. Below the
 * observed gain it reaches as far as the best of <em>all</em> candidates exceeds its truth by luck
 * in one of forty cases ({@link MaximumDraws}): it holds whichever was chosen, and by whatever
 * rule. Above, it reaches as far as that of one candidate: the best of many is not seen worse than
 * it is more often than any single one. The estimate is the empirical Bayes one: the observed gain
 * is drawn towards the mean of all candidates, as far as they differ by noise, and that towards 0,
 * as far as the baseline may have been unlucky ({@link ShrunkenGain}).
 *
 * <p>Of a single candidate on examples that it was not chosen by, both are those of the plain test.
 *
 * <p>Cost: at most 5e7 multiplications, some tenths of a second.
 *
 * @param examples the number of examples with a score of both
 * @param candidates the number of candidates with a score on an example of the baseline
 * @param observed the mean difference, as the scores have it
 * @param by the estimate of the gain
 * @param interval the 95 % confidence interval of the gain
 * @param probability the probability that it is better than the baseline, by the two programs'
 *     scores alone, with a prior of a gain of about 0
 * @param spread the standard deviation of the difference on an example
 */
public record GainEstimate(
    int examples,
    int candidates,
    double observed,
    double by,
    Interval interval,
    double probability,
    double spread) {
  static final double LEVEL = 0.95;

  /** What programs are expected to differ by, in standard deviations of a score. */
  private static final double PRIOR_SPREAD = 0.25;

  /**
   * Estimates.
   *
   * @param baseline the score of each example, NaN where there is none
   * @param candidates those of every candidate that was scored at all, without the baseline
   * @param chosen which of them was chosen, by index
   * @return empty if the chosen one has no score on an example of the baseline
   * @throws InvalidInputException if a candidate has another number of examples, or there is no
   *     such candidate
   */
  public static Optional<GainEstimate> of(
      double[] baseline, List<double[]> candidates, int chosen) {
    if (chosen < 0 || chosen >= candidates.size()) {
      throw InvalidInputException.of(
          "There is no candidate %d among %d".formatted(chosen, candidates.size()),
          "count from 0, without the baseline");
    }
    List<PairedGain> gains = new ArrayList<>();
    for (double[] candidate : candidates) {
      if (candidate.length != baseline.length) {
        throw InvalidInputException.of(
            "A candidate has %d scores, the baseline %d"
                .formatted(candidate.length, baseline.length),
            "give a score per example, NaN where there is none");
      }
      PairedGain.of(baseline, candidate).ifPresent(gains::add);
    }
    return PairedGain.of(baseline, candidates.get(chosen))
        .map(own -> of(own, gains, baseline.length));
  }

  private static GainEstimate of(PairedGain own, List<PairedGain> gains, int examples) {
    MaximumDraws draws = MaximumDraws.of(gains, examples);
    double tail = (1 - LEVEL) / 2;
    double down = StudentDistribution.quantile(1 - draws.alone(tail), own.degrees());
    double up = StudentDistribution.quantile(1 - tail, own.degrees());
    Interval interval =
        new Interval(own.mean() - down * own.error(), own.mean() + up * own.error(), LEVEL);
    double by = ShrunkenGain.of(own, gains, draws.correlation());
    return new GainEstimate(
        own.size(),
        gains.size(),
        own.mean(),
        Math.max(interval.lower(), Math.min(interval.upper(), by)),
        interval,
        probability(own),
        Math.sqrt(own.variance()));
  }

  private static double probability(PairedGain own) {
    if (own.error() == 0) {
      return 0.5;
    }
    double prior = Math.pow(PRIOR_SPREAD * own.spread(), 2);
    double kept = prior / (prior + own.error() * own.error());
    return StudentDistribution.probability(
        own.mean() * Math.sqrt(kept) / own.error(), own.degrees());
  }

  /** One line, such as {@code +0.031 [-0.010, +0.091], observed +0.060 on 100 examples}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%+.3f [%+.3f, %+.3f], observed %+.3f on %d examples",
        by,
        interval.lower(),
        interval.upper(),
        observed,
        examples);
  }
}
