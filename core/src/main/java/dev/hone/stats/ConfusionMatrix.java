package dev.hone.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How often each expected class met each predicted one, for examples of one class each, and the
 * measures of it. What is undefined is NaN. Immutable, if its arrays are left alone.
 *
 * <ul>
 *   <li>kappa = 1 - sum(w o) / sum(w e), with o the counts, e those expected of independent
 *       margins, and w the disagreement: 1 off the diagonal; the distance of the classes; its
 *       square (J. Cohen 1960 and 1968)
 *   <li>Matthews' coefficient for any number of classes: J. Gorodkin 2004
 *   <li>balanced accuracy and macro-F1: the mean recall and F1 of the classes that are expected of
 *       some example
 * </ul>
 *
 * Cost: of weighted kappa, the square of the number of classes; of all else, that number and the
 * number of cells.
 */
public final class ConfusionMatrix {
  private final int[] expected;
  private final int[] predicted;
  private final double[] counts;
  private final double[] rows;
  private final double[] columns;
  private final double[] diagonal;
  private final double total;

  /**
   * A matrix by its cells that are not empty.
   *
   * @param classes the number of classes
   * @param expected the expected class of each cell, from 0
   * @param predicted the predicted class of each cell
   * @param counts the number of examples in each cell
   */
  public ConfusionMatrix(int classes, int[] expected, int[] predicted, double[] counts) {
    this.expected = expected;
    this.predicted = predicted;
    this.counts = counts;
    this.rows = new double[classes];
    this.columns = new double[classes];
    this.diagonal = new double[classes];
    for (int cell = 0; cell < counts.length; cell++) {
      rows[expected[cell]] += counts[cell];
      columns[predicted[cell]] += counts[cell];
      diagonal[expected[cell]] += expected[cell] == predicted[cell] ? counts[cell] : 0;
    }
    this.total = Arrays.stream(counts).sum();
  }

  /** The number of examples. */
  public double total() {
    return total;
  }

  /** The number of examples on the diagonal. */
  public double correct() {
    return Arrays.stream(diagonal).sum();
  }

  /** The counts of one class. */
  public ClassCounts ofClass(int index) {
    return new ClassCounts(rows[index], columns[index], diagonal[index]);
  }

  private List<ClassCounts> classes() {
    List<ClassCounts> all = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      all.add(ofClass(i));
    }
    return all;
  }

  /** The mean recall of the classes that are expected of some example. */
  public double balancedAccuracy() {
    return ClassCounts.meanRecall(classes());
  }

  /** The mean F1 of the classes that are expected of some example. */
  public double macroF1() {
    return ClassCounts.macroF1(classes());
  }

  /** The number of examples that a mean over classes rests on: those of the rarest. */
  public double supportOfMeans() {
    return ClassCounts.rarest(classes());
  }

  /**
   * The number of examples that kappa and Matthews' coefficient rest on: twice those of the rarest
   * class, at most all, since the diagonal is full for two classes of equal size only.
   */
  public double supportOfCorrelations() {
    return Math.min(total, 2 * supportOfMeans());
  }

  /** Cohen's kappa; NaN if all labels and all outputs are of one same class. */
  public double kappa() {
    return kappa(total - correct(), total * total - products(rows, columns));
  }

  /**
   * Kappa in which a disagreement weighs as much as the classes are apart.
   *
   * @param places where the classes stand
   */
  public double linearKappa(double[] places) {
    return weightedKappa(places, distance -> distance);
  }

  /** As {@link #linearKappa}, with the square of the distance. */
  public double quadraticKappa(double[] places) {
    return weightedKappa(places, distance -> distance * distance);
  }

  private double weightedKappa(double[] places, DoubleUnaryOperator weight) {
    double observed = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      double distance = Math.abs(places[expected[cell]] - places[predicted[cell]]);
      observed += weight.applyAsDouble(distance) * counts[cell];
    }
    double byAccident = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double distance = Math.abs(places[i] - places[j]);
        byAccident += weight.applyAsDouble(distance) * rows[i] * columns[j];
      }
    }
    return kappa(observed, byAccident);
  }

  /** Of the disagreement that is there, and a total times that of independent margins. */
  private double kappa(double observed, double byAccident) {
    return byAccident <= 0 ? Double.NaN : 1 - observed * total / byAccident;
  }

  /** Matthews' coefficient; NaN if all labels or all outputs are of one class. */
  public double matthews() {
    double all = total * total;
    double spread = (all - products(rows, rows)) * (all - products(columns, columns));
    return spread <= 0
        ? Double.NaN
        : (correct() * total - products(rows, columns)) / Math.sqrt(spread);
  }

  private static double products(double[] first, double[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += first[i] * second[i];
    }
    return sum;
  }
}
