package dev.hone.metric;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.stats.BinomialBound;
import dev.hone.stats.ObservationTally;
import dev.hone.stats.TallyBounds;
import dev.hone.stats.TallyFormula;
import java.util.Locale;
import java.util.Optional;

/**
 * A least value that what an optimizer returns must have, such as a recall, whatever else it
 * scores: {@link Metric#subjectTo}. Immutable.
 *
 * <p>It is met where the examples show it, not where they happen to reach it: the lower bound of
 * the value is at least the limit, at a confidence (0.9 by default) that is divided among the
 * candidates: of m, each is tested at 1 - (1 - confidence) / m (Bonferroni), since the one that is
 * returned was selected among them by the same examples. So the probability that an optimizer
 * returns something as meeting a constraint that it does not meet on fresh examples of the same
 * kind is at most 1 - confidence. Bounds of recall and precision are exact (Clopper and Pearson);
 * those of other values are by bootstrap, and approximate.
 *
 * <p>That needs examples: to show a recall of 0.95 at 0.9 takes 45 labels of the class that are all
 * found, and 90 for 10 candidates.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class Constraint<I, O> {
  /** What the objective loses per unit that an estimate lacks. */
  private static final double PENALTY = 5;

  private final String name;
  private final CorpusMetric<I, O> metric;
  private final double limit;
  private final double confidence;

  private Constraint(String name, CorpusMetric<I, O> metric, double limit, double confidence) {
    this.name = name;
    this.metric = metric;
    this.limit = limit;
    this.confidence = confidence;
  }

  /**
   * A value that is to be at least a limit, at confidence 0.9.
   *
   * @param name what reports call it, such as {@code recall of SELF_HARM}
   * @throws InvalidInputException if the limit is not a finite number, or the metric has
   *     constraints
   */
  public static <I, O> Constraint<I, O> atLeast(
      String name, CorpusMetric<I, O> metric, double limit) {
    SettingCheck.finite("limit", limit);
    if (!metric.constraints().isEmpty()) {
      throw InvalidInputException.of(
          "The metric of the constraint \"%s\" has constraints itself".formatted(name),
          "set them beside this one");
    }
    return new Constraint<>(name, metric, limit, 0.9);
  }

  /**
   * A copy with another confidence, over 0 and under 1.
   *
   * @throws InvalidInputException if it is not
   */
  public Constraint<I, O> withConfidence(double probability) {
    SettingCheck.fraction("confidence", probability, 0.9);
    return new Constraint<>(name, metric, limit, probability);
  }

  /** What reports call it. */
  public String name() {
    return name;
  }

  /** What must be at least the limit. */
  public CorpusMetric<I, O> metric() {
    return metric;
  }

  /** The least value. */
  public double limit() {
    return limit;
  }

  /** The probability with which what is returned as meeting it does, at least. */
  public double confidence() {
    return confidence;
  }

  /**
   * What a set of examples shows.
   *
   * @param name the constraint's name
   * @param value the value of the set
   * @param lowerBound what the true value is above, at the confidence that falls to each candidate
   * @param limit what it must be at least
   * @param fewest the fewest examples that could show it, all of them right, where the value is a
   *     share and the set has fewer; else 0
   */
  public record Check(String name, double value, double lowerBound, double limit, long fewest) {
    /** Whether the lower bound is at least the limit. */
    public boolean met() {
      return lowerBound >= limit;
    }

    /** One line, such as {@code recall of SPAM 0.900 (at least 0.812), wanted 0.95}. */
    @Override
    public String toString() {
      String text =
          String.format(
              Locale.ROOT,
              "%s %.3f (shown: at least %.3f; wanted: %s)",
              name,
              value,
              lowerBound,
              limit);
      return fewest > 0
          ? text + ", which takes %d examples of the class, all of them right".formatted(fewest)
          : text;
    }
  }

  Check check(ObservationTally tally, int candidates) {
    double level = 1 - (1 - confidence) / candidates;
    TallyFormula formula = metric.formula();
    double lower = TallyBounds.lower(tally, formula, level);
    return new Check(name, formula.value(tally), lower, limit, fewest(tally, level));
  }

  private long fewest(ObservationTally tally, double level) {
    Optional<TallyFormula.Share> share = metric.formula().share(tally);
    if (share.isEmpty() || limit <= 0 || limit >= 1) {
      return 0;
    }
    long fewest = BinomialBound.fewestTrials(limit, level);
    return share.get().trials() < fewest ? fewest : 0;
  }

  /**
   * Estimates are drawn to half of the way from the limit to 1, since one at the limit would not
   * show that it is met.
   */
  double penalty(ObservationTally tally) {
    double goal = limit < 1 ? (limit + 1) / 2 : limit;
    return PENALTY * Math.max(0, goal - metric.formula().value(tally));
  }

  /** One line, such as {@code recall of SPAM at least 0.95}. */
  @Override
  public String toString() {
    return name + " at least " + limit;
  }
}
