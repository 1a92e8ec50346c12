package dev.hone.stats;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures of classification over tallies of {@link ClassPair}. What is undefined is 0, and {@link
 * #undefined} says so.
 *
 * <p>Formulas: {@link ClassCounts} and {@link ConfusionMatrix}. Where an example has a set of
 * classes, F1, precision and recall count class by class.
 */
public final class ConfusionFormula implements TallyFormula {
  private enum Kind {
    MACRO_F1,
    F1,
    PRECISION,
    RECALL,
    MATTHEWS,
    KAPPA
  }

  private final Kind kind;
  private final @Nullable Object target;

  private ConfusionFormula(Kind kind, @Nullable Object target) {
    this.kind = kind;
    this.target = target;
  }

  /** The mean F1 of the expected classes; sets of classes count class by class. */
  public static ConfusionFormula macroF1() {
    return new ConfusionFormula(Kind.MACRO_F1, null);
  }

  /** The F1 of one class, which may be one of a set. */
  public static ConfusionFormula f1Of(Object target) {
    return new ConfusionFormula(Kind.F1, target);
  }

  /** The precision of one class, which may be one of a set. */
  public static ConfusionFormula precisionOf(Object target) {
    return new ConfusionFormula(Kind.PRECISION, target);
  }

  /** The recall of one class, which may be one of a set. */
  public static ConfusionFormula recallOf(Object target) {
    return new ConfusionFormula(Kind.RECALL, target);
  }

  /** Matthews' correlation coefficient; a set of classes is one class. */
  public static ConfusionFormula matthews() {
    return new ConfusionFormula(Kind.MATTHEWS, null);
  }

  /** Cohen's kappa; a set of classes is one class. */
  public static ConfusionFormula kappa() {
    return new ConfusionFormula(Kind.KAPPA, null);
  }

  @Override
  public boolean takesFractions() {
    return true;
  }

  @Override
  public double value(ObservationTally tally) {
    double value = defined(tally);
    return Double.isNaN(value) ? 0 : value;
  }

  /** NaN where it is undefined. */
  private double defined(ObservationTally tally) {
    return switch (kind) {
      case MACRO_F1 -> ClassCounts.macroF1(perClass(tally).values());
      case F1 -> counts(tally).f1();
      case PRECISION -> counts(tally).precision();
      case RECALL -> counts(tally).recall();
      case MATTHEWS -> matrix(tally).matthews();
      case KAPPA -> matrix(tally).kappa();
    };
  }

  @Override
  public Optional<String> undefined(ObservationTally tally) {
    return Double.isNaN(defined(tally)) ? Optional.of(whyUndefined()) : Optional.empty();
  }

  private String whyUndefined() {
    return switch (kind) {
      case MACRO_F1 -> "No example has a class as its label, so macro-F1 is undefined and 0";
      case F1 -> without("has or gets");
      case PRECISION -> without("gets");
      case RECALL -> without("has");
      case MATTHEWS, KAPPA ->
          "All labels or all outputs are of one class, so there is no agreement beyond chance to measure, and it is 0";
    };
  }

  private String without(String verb) {
    return "No example %s the class %s, so its %s is undefined and 0"
        .formatted(verb, target, kind.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public Optional<Share> share(ObservationTally tally) {
    if (kind != Kind.PRECISION && kind != Kind.RECALL) {
      return Optional.empty();
    }
    ClassCounts counts = counts(tally);
    double trials = kind == Kind.RECALL ? counts.expected() : counts.predicted();
    return Optional.of(new Share(counts.truePositives(), trials));
  }

  @Override
  public double support(ObservationTally tally) {
    return switch (kind) {
      case F1 -> counts(tally).support();
      case PRECISION -> counts(tally).predicted();
      case RECALL -> counts(tally).expected();
      case MACRO_F1 -> ClassCounts.rarest(perClass(tally).values());
      case MATTHEWS, KAPPA -> matrix(tally).supportOfCorrelations();
    };
  }

  @Override
  public double least() {
    return kind == Kind.MATTHEWS || kind == Kind.KAPPA ? -1 : 0;
  }

  private ClassCounts counts(ObservationTally tally) {
    ClassCounts counts = ClassCounts.NONE;
    for (int i = 0; i < tally.observations().size(); i++) {
      ClassPair pair = (ClassPair) tally.observations().get(i);
      counts =
          counts.plus(
              pair.expectedClasses().contains(target),
              pair.actualClasses().contains(target),
              tally.weight(i));
    }
    return counts;
  }

  /** Of each class, which may be one of several of an example. */
  private static Map<@Nullable Object, ClassCounts> perClass(ObservationTally tally) {
    Map<@Nullable Object, ClassCounts> classes = new LinkedHashMap<>();
    for (int i = 0; i < tally.observations().size(); i++) {
      ClassPair pair = (ClassPair) tally.observations().get(i);
      Set<@Nullable Object> all = new LinkedHashSet<>(pair.expectedClasses());
      all.addAll(pair.actualClasses());
      for (Object each : all) {
        ClassCounts before = classes.getOrDefault(each, ClassCounts.NONE);
        classes.put(
            each,
            before.plus(
                pair.expectedClasses().contains(each),
                pair.actualClasses().contains(each),
                tally.weight(i)));
      }
    }
    return classes;
  }

  /** Of one class per example; a set of classes is one. */
  private static ConfusionMatrix matrix(ObservationTally tally) {
    Map<@Nullable Object, Integer> index = new HashMap<>();
    int size = tally.observations().size();
    int[] expected = new int[size];
    int[] predicted = new int[size];
    double[] counts = new double[size];
    for (int i = 0; i < size; i++) {
      ClassPair pair = (ClassPair) tally.observations().get(i);
      expected[i] = index.computeIfAbsent(pair.expected(), any -> index.size());
      predicted[i] = index.computeIfAbsent(pair.actual(), any -> index.size());
      counts[i] = tally.weight(i);
    }
    return new ConfusionMatrix(index.size(), expected, predicted, counts);
  }

  /** Equal where kind and class are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfusionFormula formula
        && kind == formula.kind
        && Objects.equals(target, formula.target);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, target);
  }

  /** Its name, such as {@code recall of SELF_HARM}. */
  @Override
  public String toString() {
    return switch (kind) {
      case MACRO_F1 -> "macro-F1";
      case F1 -> "F1 of " + target;
      case PRECISION -> "precision of " + target;
      case RECALL -> "recall of " + target;
      case MATTHEWS -> "Matthews' correlation";
      case KAPPA -> "Cohen's kappa";
    };
  }
}
