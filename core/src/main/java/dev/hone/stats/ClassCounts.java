package dev.hone.stats;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * How often one class is expected, predicted, and both, over some examples; and its precision,
 * recall and F1, NaN where they are undefined.
 *
 * @param expected the number of examples with this label
 * @param predicted the number of examples with this output
 * @param truePositives the number of examples with both
 */
public record ClassCounts(double expected, double predicted, double truePositives) {
  static final ClassCounts NONE = new ClassCounts(0, 0, 0);

  ClassCounts plus(boolean isExpected, boolean isPredicted, double weight) {
    return new ClassCounts(
        expected + (isExpected ? weight : 0),
        predicted + (isPredicted ? weight : 0),
        truePositives + (isExpected && isPredicted ? weight : 0));
  }

  /** The share of the predictions that are right; NaN if there are none. */
  public double precision() {
    return truePositives / predicted;
  }

  /** The share of the labels that are found; NaN if there are none. */
  public double recall() {
    return truePositives / expected;
  }

  /** The harmonic mean of precision and recall; NaN if no example has or gets the class. */
  public double f1() {
    return 2 * truePositives / (expected + predicted);
  }

  /** The number of examples that F1 rests on: those that have or get the class. */
  public double support() {
    return expected + predicted - truePositives;
  }

  /**
   * The mean F1 of the classes that are expected of some example; NaN if there are none. A class
   * that is only predicted lowers the F1 of the others and has none of its own (scikit-learn:
   * {@code labels=unique(y_true)}).
   */
  static double macroF1(Collection<ClassCounts> classes) {
    return mean(classes, ClassCounts::f1);
  }

  /** The mean recall of the classes that are expected of some example; NaN if there are none. */
  static double meanRecall(Collection<ClassCounts> classes) {
    return mean(classes, ClassCounts::recall);
  }

  private static double mean(
      Collection<ClassCounts> classes, ToDoubleFunction<ClassCounts> measure) {
    return classes.stream()
        .filter(each -> each.expected > 0)
        .mapToDouble(measure)
        .average()
        .orElse(Double.NaN);
  }

  /** The number of examples of the rarest class that is expected at all; 0 if there is none. */
  static double rarest(Collection<ClassCounts> classes) {
    return classes.stream()
        .mapToDouble(ClassCounts::expected)
        .filter(expected -> expected > 0)
        .min()
        .orElse(0);
  }
}
