package dev.hone.stats;

import java.util.LinkedHashMap;
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
 * <p>Per class of n examples: true positives t, expected e, predicted p; F1 = 2t / (e + p).
 * Macro-F1 is the mean of F1 over the classes that are expected of some example; one that is only
 * predicted lowers the F1 of the others and has none of its own (scikit-learn: {@code
 * labels=unique(y_true)}). Matthews' coefficient for any number of classes: Gorodkin 2004. Cohen's
 * kappa: unweighted.
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
    return switch (kind) {
      case MACRO_F1 -> macroF1(tally);
      case F1 -> counts(tally).f1();
      case PRECISION -> ratio(counts(tally).both, counts(tally).predicted);
      case RECALL -> ratio(counts(tally).both, counts(tally).expected);
      case MATTHEWS -> Agreement.of(tally).matthews();
      case KAPPA -> Agreement.of(tally).kappa();
    };
  }

  @Override
  public Optional<String> undefined(ObservationTally tally) {
    return switch (kind) {
      case MACRO_F1 ->
          perClass(tally).values().stream().allMatch(counts -> counts.expected == 0)
              ? Optional.of("No example has a class as its label, so macro-F1 is undefined and 0")
              : Optional.empty();
      case F1 -> without(counts(tally).expected + counts(tally).predicted, "has or gets");
      case PRECISION -> without(counts(tally).predicted, "gets");
      case RECALL -> without(counts(tally).expected, "has");
      case MATTHEWS, KAPPA ->
          Agreement.of(tally).oneSided(kind == Kind.KAPPA)
              ? Optional.of(
                  "All labels or all outputs are of one class, so there is no agreement beyond chance to measure, and it is 0")
              : Optional.empty();
    };
  }

  private Optional<String> without(double count, String verb) {
    return count > 0
        ? Optional.empty()
        : Optional.of(
            "No example %s the class %s, so its %s is undefined and 0"
                .formatted(verb, target, kind.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public Optional<Share> share(ObservationTally tally) {
    if (kind != Kind.PRECISION && kind != Kind.RECALL) {
      return Optional.empty();
    }
    Counts counts = counts(tally);
    return Optional.of(
        new Share(counts.both, kind == Kind.RECALL ? counts.expected : counts.predicted));
  }

  @Override
  public double support(ObservationTally tally) {
    return switch (kind) {
      case F1 -> counts(tally).expected + counts(tally).predicted - counts(tally).both;
      case PRECISION -> counts(tally).predicted;
      case RECALL -> counts(tally).expected;
      case MACRO_F1, MATTHEWS, KAPPA ->
          perClass(tally).values().stream()
              .mapToDouble(counts -> counts.expected)
              .filter(expected -> expected > 0)
              .min()
              .orElse(tally.size());
    };
  }

  private static double macroF1(ObservationTally tally) {
    return perClass(tally).values().stream()
        .filter(counts -> counts.expected > 0)
        .mapToDouble(Counts::f1)
        .average()
        .orElse(0);
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  /** How often a class was expected, predicted, and both. */
  private static final class Counts {
    private double expected;
    private double predicted;
    private double both;

    double f1() {
      return ratio(2 * both, expected + predicted);
    }
  }

  private Counts counts(ObservationTally tally) {
    Counts counts = new Counts();
    for (int i = 0; i < tally.observations().size(); i++) {
      ClassPair pair = (ClassPair) tally.observations().get(i);
      add(
          counts,
          pair.expectedClasses().contains(target),
          pair.actualClasses().contains(target),
          tally.weight(i));
    }
    return counts;
  }

  private static void add(Counts counts, boolean expected, boolean predicted, double weight) {
    counts.expected += expected ? weight : 0;
    counts.predicted += predicted ? weight : 0;
    counts.both += expected && predicted ? weight : 0;
  }

  private static Map<@Nullable Object, Counts> perClass(ObservationTally tally) {
    Map<@Nullable Object, Counts> classes = new LinkedHashMap<>();
    for (int i = 0; i < tally.observations().size(); i++) {
      ClassPair pair = (ClassPair) tally.observations().get(i);
      Set<@Nullable Object> expected = pair.expectedClasses();
      Set<@Nullable Object> actual = pair.actualClasses();
      for (Object each : expected) {
        add(of(classes, each), true, actual.contains(each), tally.weight(i));
      }
      for (Object each : actual) {
        if (!expected.contains(each)) {
          add(of(classes, each), false, true, tally.weight(i));
        }
      }
    }
    return classes;
  }

  private static Counts of(Map<@Nullable Object, Counts> classes, @Nullable Object each) {
    return classes.computeIfAbsent(each, key -> new Counts());
  }

  /** Sums over the confusion matrix: of all, on its diagonal, and of products of its margins. */
  private record Agreement(double all, double right, double both, double expected, double actual) {
    static Agreement of(ObservationTally tally) {
      Map<@Nullable Object, double[]> margins = new LinkedHashMap<>();
      double right = 0;
      for (int i = 0; i < tally.observations().size(); i++) {
        ClassPair pair = (ClassPair) tally.observations().get(i);
        margins.computeIfAbsent(pair.expected(), key -> new double[2])[0] += tally.weight(i);
        margins.computeIfAbsent(pair.actual(), key -> new double[2])[1] += tally.weight(i);
        right += Objects.equals(pair.expected(), pair.actual()) ? tally.weight(i) : 0;
      }
      double both = 0;
      double expected = 0;
      double actual = 0;
      for (double[] margin : margins.values()) {
        both += margin[0] * margin[1];
        expected += margin[0] * margin[0];
        actual += margin[1] * margin[1];
      }
      return new Agreement(tally.size(), right, both, expected, actual);
    }

    double matthews() {
      double spread = (all * all - expected) * (all * all - actual);
      return spread <= 0 ? 0 : (right * all - both) / Math.sqrt(spread);
    }

    double kappa() {
      double beyond = all * all - both;
      return beyond <= 0 ? 0 : (right * all - both) / beyond;
    }

    boolean oneSided(boolean kappa) {
      return kappa ? all * all <= both : (all * all - expected) * (all * all - actual) <= 0;
    }
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
