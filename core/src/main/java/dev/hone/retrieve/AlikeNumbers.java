package dev.hone.retrieve;

import java.util.Arrays;

/**
 * The numbers of a query in runs of at most {@value #MOST} that are alike: sorted, and cut where
 * replacing each by the mean of its run changes them least, in squares, at a small price per run.
 */
final class AlikeNumbers {
  /** The most numbers of a run. */
  static final int MOST = 4;

  /** The price of a run, times the count of numbers, for a query of length 1. */
  private static final double PRICE = 0.05;

  private static final int SIGN = Integer.MIN_VALUE;

  private final float[] values;
  private final double norm;
  private final int[] sorted;
  private final int[] starts;

  AlikeNumbers(float[] values, double norm) {
    this.values = values;
    this.norm = norm;
    this.sorted = sorted(values);
    this.starts = norm == 0 ? new int[1] : starts();
  }

  /** The numbers' places by size, negative ones first. */
  private static int[] sorted(float[] values) {
    long[] keys = new long[values.length];
    for (int d = 0; d < values.length; d++) {
      int bits = Float.floatToIntBits(values[d]);
      int ordered = bits < 0 ? ~bits ^ SIGN : bits;
      keys[d] = (long) ordered << Integer.SIZE | d;
    }
    Arrays.sort(keys);
    int[] sorted = new int[values.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (int) keys[i];
    }
    return sorted;
  }

  /** The cheapest cut of the first n into runs, for every n, by the cheapest ones of fewer. */
  private int[] starts() {
    int count = values.length;
    double[] price = new double[count + 1];
    int[] lastStart = new int[count + 1];
    for (int end = 1; end <= count; end++) {
      double sum = 0;
      double squares = 0;
      price[end] = Double.POSITIVE_INFINITY;
      for (int start = end - 1; start >= Math.max(0, end - MOST); start--) {
        double value = values[sorted[start]] / norm;
        sum += value;
        squares += value * value;
        double whole = price[start] + squares - sum * sum / (end - start) + PRICE / count;
        if (whole < price[end]) {
          price[end] = whole;
          lastStart[end] = start;
        }
      }
    }
    int[] backwards = new int[count + 1];
    int runs = 0;
    for (int end = count; end > 0; end = lastStart[end]) {
      backwards[runs++] = lastStart[end];
    }
    int[] forwards = new int[runs + 1];
    for (int run = 0; run < runs; run++) {
      forwards[run] = backwards[runs - 1 - run];
    }
    forwards[runs] = count;
    return forwards;
  }

  /** The number of runs; 0 for a query of zeros. */
  int runs() {
    return starts.length - 1;
  }

  /** The places of the numbers of a run. */
  int[] run(int run) {
    return Arrays.copyOfRange(sorted, starts[run], starts[run + 1]);
  }

  /** The mean of a run, of the query at length 1. Means rise from run to run. */
  double mean(int run) {
    double sum = 0;
    for (int i = starts[run]; i < starts[run + 1]; i++) {
      sum += values[sorted[i]] / norm;
    }
    return sum / (starts[run + 1] - starts[run]);
  }
}
