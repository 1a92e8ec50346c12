package dev.hone.benchmarks.rival;

import dev.hone.stats.NormalDistribution;
import java.util.Arrays;

/**
 * Wilcoxon's signed-rank test of paired differences, one-sided, by its normal approximation with
 * the correction for ties; differences of zero are ranked and count half for either side.
 */
final class SignedRank {
  private SignedRank() {}

  /** The probability of ranks of positive differences that are as low, if none is better. */
  static double less(double[] differences) {
    int n = differences.length;
    double[] sizes = Arrays.stream(differences).map(Math::abs).sorted().toArray();
    double positive = 0;
    for (double difference : differences) {
      double share = difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
      positive += share * rank(sizes, Math.abs(difference));
    }
    double mean = n * (n + 1) / 4.0;
    double variance = (n * (n + 1) * (2.0 * n + 1) - ties(sizes) / 2) / 24;
    return variance <= 0
        ? 0.5
        : NormalDistribution.probability((positive - mean) / Math.sqrt(variance));
  }

  /** The mean rank of a size, from 1. */
  private static double rank(double[] sizes, double size) {
    int below = 0;
    int equal = 0;
    for (double each : sizes) {
      below += each < size ? 1 : 0;
      equal += each == size ? 1 : 0;
    }
    return below + (equal + 1) / 2.0;
  }

  private static double ties(double[] sizes) {
    double sum = 0;
    int from = 0;
    while (from < sizes.length) {
      int to = from;
      while (to < sizes.length && sizes[to] == sizes[from]) {
        to++;
      }
      double count = to - from;
      sum += count * (count * count - 1);
      from = to;
    }
    return sum;
  }
}
