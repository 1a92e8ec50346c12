package dev.hone.judge;

import dev.hone.stats.Bootstrap;
import dev.hone.stats.Estimate;
import dev.hone.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How often each gold class met each verdict, and what follows. An algorithm card:
 *
 * <ul>
 *   <li>kappa = 1 - sum(w o) / sum(w e), with o the counts, e those expected of independent
 *       margins, and w the disagreement: 1 off the diagonal; the distance of the classes; its
 *       square (J. Cohen 1960 and 1968)
 *   <li>balanced accuracy = the mean recall of the classes that gold has
 *   <li>macro F1 = the mean F1 of the classes that gold or judge have
 *   <li>shares have Wilson's interval, all else the bootstrap's over examples. Where all resamples
 *       give one value, as for a judge that is always right, the other end may have been missed as
 *       often as Wilson's interval allows for the number of examples
 *   <li>measured coverage at 95 %, for 16 to 80 examples of two classes: 0.92 to 0.98 for kappa,
 *       0.96 to 1.00 for the F1 of a rare class, whose interval is wide there
 * </ul>
 *
 * Cost: one draw per example and three passes over the cells per resample.
 */
final class ConfusionTable {
  private static final double LEVEL = 0.95;
  private static final int FIRST_CLASS = 5;

  private final int[] cells;
  private final int classes;
  private final double @Nullable [] places;
  private final int size;
  private final List<Optional<Estimate>> estimates;

  /**
   * A table of counts.
   *
   * @param cells the counts by gold class, then by verdict
   * @param places where the classes stand, in order; null if they have no order
   */
  ConfusionTable(int[] cells, int classes, double @Nullable [] places, Bootstrap bootstrap) {
    this.cells = cells;
    this.classes = classes;
    this.places = places;
    this.size = Arrays.stream(cells).sum();
    this.estimates = estimates(bootstrap);
  }

  int size() {
    return size;
  }

  int count(int gold, int judged) {
    return cells[gold * classes + judged];
  }

  int gold(int index) {
    return (int) sum(cells, index * classes, 1);
  }

  int judged(int index) {
    return (int) sum(cells, index, classes);
  }

  Estimate accuracy() {
    return Estimate.ofShare(right(cells), size, LEVEL);
  }

  Optional<Estimate> balancedAccuracy() {
    return estimates.get(0);
  }

  Optional<Estimate> macroF1() {
    return estimates.get(1);
  }

  Optional<Estimate> kappa() {
    return estimates.get(2);
  }

  Optional<Estimate> linearKappa() {
    return estimates.get(3);
  }

  Optional<Estimate> quadraticKappa() {
    return estimates.get(4);
  }

  <T> ClassAgreement<T> ofClass(T label, int index) {
    int both = count(index, index);
    return new ClassAgreement<>(
        label,
        gold(index),
        judged(index),
        both,
        share(both, judged(index)),
        share(both, gold(index)),
        estimates.get(FIRST_CLASS + index));
  }

  private static Optional<Estimate> share(int count, int of) {
    return of == 0 ? Optional.empty() : Optional.of(Estimate.ofShare(count, of, LEVEL));
  }

  private List<Optional<Estimate>> estimates(Bootstrap bootstrap) {
    double[] values = statistics(cells);
    List<Optional<Interval>> intervals = bootstrap.intervals(cells, LEVEL, this::statistics);
    List<Optional<Estimate>> all = new ArrayList<>();
    for (int s = 0; s < values.length; s++) {
      double value = values[s];
      int index = s;
      all.add(
          Double.isNaN(value)
              ? Optional.empty()
              : Optional.of(
                  new Estimate(value, intervals.get(s).orElseGet(() -> unresolved(index, value)))));
    }
    return all;
  }

  /** For a statistic that no resample changes. */
  private Interval unresolved(int statistic, double value) {
    boolean kappa = statistic >= 2 && statistic < FIRST_CLASS;
    Interval all = Interval.ofShare(0, Math.max(1, informative(statistic)), LEVEL);
    double least = kappa ? -1 : 0;
    return new Interval(
        value - Math.max(0, value - least) * all.upper(), value + (1 - value) * all.upper(), LEVEL);
  }

  /** The number of examples that a statistic looks at, that of the rarest class for a mean. */
  private int informative(int statistic) {
    if (statistic >= FIRST_CLASS) {
      int index = statistic - FIRST_CLASS;
      return gold(index) + judged(index) - count(index, index);
    }
    int rarest = size;
    for (int i = 0; i < classes; i++) {
      rarest = gold(i) > 0 ? Math.min(rarest, gold(i)) : rarest;
    }
    return statistic < 2 ? rarest : size;
  }

  /** In the order of the accessors; NaN for what is undefined. */
  private double[] statistics(int[] counts) {
    double[] rows = new double[classes];
    double[] columns = new double[classes];
    for (int i = 0; i < classes; i++) {
      rows[i] = sum(counts, i * classes, 1);
      columns[i] = sum(counts, i, classes);
    }
    double[] all = new double[FIRST_CLASS + classes];
    for (int i = 0; i < classes; i++) {
      double both = counts[i * classes + i];
      all[FIRST_CLASS + i] = 2 * both / (rows[i] + columns[i]);
    }
    all[0] = balanced(counts, rows);
    all[1] =
        Arrays.stream(all, FIRST_CLASS, all.length)
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    all[2] = kappa(counts, rows, columns, (i, j) -> i == j ? 0 : 1);
    all[3] = ordinal(counts, rows, columns, distance -> distance);
    all[4] = ordinal(counts, rows, columns, distance -> distance * distance);
    return all;
  }

  private double balanced(int[] counts, double[] rows) {
    double sum = 0;
    int present = 0;
    for (int i = 0; i < classes; i++) {
      if (rows[i] > 0) {
        sum += counts[i * classes + i] / rows[i];
        present++;
      }
    }
    return sum / present;
  }

  private double ordinal(
      int[] counts, double[] rows, double[] columns, DoubleUnaryOperator weight) {
    double[] at = places;
    return at == null
        ? Double.NaN
        : kappa(counts, rows, columns, (i, j) -> weight.applyAsDouble(Math.abs(at[i] - at[j])));
  }

  /** How much a verdict disagrees with a label. */
  private interface Weight {
    double of(int gold, int judged);
  }

  private double kappa(int[] counts, double[] rows, double[] columns, Weight weight) {
    double total = Arrays.stream(rows).sum();
    double observed = 0;
    double expected = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = 0; j < classes; j++) {
        double disagreement = weight.of(i, j);
        observed += disagreement * counts[i * classes + j];
        expected += disagreement * rows[i] * columns[j] / total;
      }
    }
    return expected == 0 ? Double.NaN : 1 - observed / expected;
  }

  private double sum(int[] counts, int from, int step) {
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += counts[from + i * step];
    }
    return sum;
  }

  private long right(int[] counts) {
    long sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += counts[i * classes + i];
    }
    return sum;
  }
}
