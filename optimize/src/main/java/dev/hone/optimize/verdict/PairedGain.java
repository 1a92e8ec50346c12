package dev.hone.optimize.verdict;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a candidate gained over the baseline on the examples that both have a score on.
 *
 * @param examples the examples, by index
 * @param residuals the difference on each, less their mean
 * @param mean the mean difference
 * @param variance the variance of a difference, shrunken to {@code spread} squared as if by {@value
 *     #PRIOR_DEGREES} more differences
 * @param spread the standard deviation of the scores of both
 */
record PairedGain(int[] examples, double[] residuals, double mean, double variance, double spread) {
  /** The degrees of freedom that the variance of the scores counts, beside those of differences. */
  static final int PRIOR_DEGREES = 4;

  /** Of scores by example, NaN where there is none; empty without a common example. */
  static Optional<PairedGain> of(double[] baseline, double[] candidate) {
    int[] common =
        IntStream.range(0, baseline.length)
            .filter(i -> !Double.isNaN(baseline[i]) && !Double.isNaN(candidate[i]))
            .toArray();
    if (common.length == 0) {
      return Optional.empty();
    }
    double[] gains = Arrays.stream(common).mapToDouble(i -> candidate[i] - baseline[i]).toArray();
    double mean = Arrays.stream(gains).average().orElseThrow();
    double[] residuals = Arrays.stream(gains).map(gain -> gain - mean).toArray();
    double[] scores =
        Arrays.stream(common)
            .boxed()
            .flatMapToDouble(i -> DoubleStream.of(baseline[i], candidate[i]))
            .toArray();
    double prior = squares(scores) / (scores.length - 1);
    double variance =
        (PRIOR_DEGREES * prior + squares(gains)) / (PRIOR_DEGREES + common.length - 1);
    return Optional.of(new PairedGain(common, residuals, mean, variance, Math.sqrt(prior)));
  }

  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
  }

  int size() {
    return examples.length;
  }

  /** The standard error of the mean. */
  double error() {
    return Math.sqrt(variance / size());
  }

  /** The degrees of freedom of the variance. */
  int degrees() {
    return PRIOR_DEGREES + size() - 1;
  }
}
