package dev.hone.optimize.verdict;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.stats.NormalDistribution;
import java.util.Arrays;
import java.util.Locale;

/**
 * How many examples are needed to see a gain: so many that a true gain of that size is found in
 * eight of ten runs, where a run without any gain finds one in at most one of forty. To be asked
 * before labelling or spending. Immutable and thread-safe.
 *
 * <pre>{@code
 * int examples = GainPower.ofBaseline(scores).examples(0.05); // scores of the program as it is
 * }</pre>
 *
 * <p>The number is that of examples which both programs are scored on. It holds for a comparison of
 * two programs on examples that none was chosen by: a test set, or {@code MiproV2.confirmGain}. Of
 * the best of several, chosen on the same examples, {@link #bestOf} says how many more it takes.
 *
 * <p>Source: the sample size of a paired t test; for several the critical value of C. W. Dunnett,
 * "A multiple comparison procedure for comparing several treatments with a control", JASA 1955.
 */
public final class GainPower {
  /**
   * The power that is planned for: more than 0.8, since a search returns the baseline in up to one
   * of ten runs though there is something to find.
   */
  private static final double POWER = 0.92;

  private static final double TAIL = (1 - GainEstimate.LEVEL) / 2;

  /** What the scores of two programs on an example are assumed to be correlated by. */
  private static final double CORRELATION = 1.0 / 3;

  private static final int STEPS = 400;
  private static final double REACH = 8;

  private final double spread;
  private final int candidates;

  private GainPower(double spread, int candidates) {
    this.spread = spread;
    this.candidates = candidates;
  }

  /**
   * Of a stated spread.
   *
   * @param spread the standard deviation of the difference of two programs' scores on an example;
   *     0.5 to 0.6 is usual for scores of 0 and 1, 0.2 to 0.3 for graded ones
   * @throws InvalidInputException if it is not positive and finite
   */
  public static GainPower ofSpread(double spread) {
    if (!(spread > 0) || !Double.isFinite(spread)) {
      throw InvalidInputException.of(
          "The spread of differences (%s) is not a positive number".formatted(spread),
          "use 0.55 for scores of 0 and 1");
    }
    return new GainPower(spread, 1);
  }

  /**
   * Of the scores of one program, such as the baseline's: assumes that those of another are
   * correlated with them by a third, as recorded ones were, so that differences have 1.15 times
   * their standard deviation. Of equal scores it is assumed that one more differs by 1.
   *
   * @param scores a score per example, at least one
   * @throws InvalidInputException if there is none, or one is not finite
   */
  public static GainPower ofBaseline(double... scores) {
    if (scores.length == 0 || !Arrays.stream(scores).allMatch(Double::isFinite)) {
      throw InvalidInputException.of(
          "There are no finite scores to take the spread of", "pass evaluation.scores()");
    }
    double mean = Arrays.stream(scores).average().orElseThrow();
    double squares = Arrays.stream(scores).map(each -> (each - mean) * (each - mean)).sum();
    double variance =
        squares == 0 ? 1.0 / (scores.length + 1) : squares / Math.max(1, scores.length - 1);
    return ofSpread(Math.sqrt(2 * (1 - CORRELATION) * variance));
  }

  /** A copy for the best of a number of candidates, chosen on the same examples; default 1. */
  public GainPower bestOf(int number) {
    SettingCheck.atLeast("the number of candidates", number, 1);
    return new GainPower(spread, number);
  }

  /** The standard deviation of the difference of two programs' scores on an example. */
  public double spread() {
    return spread;
  }

  /**
   * The number of examples that show a gain.
   *
   * @param gain in units of the score, such as 0.05 for five points
   * @throws InvalidInputException if it is not positive
   */
  public int examples(double gain) {
    if (!(gain > 0)) {
      throw InvalidInputException.of(
          "The gain (%s) is not positive".formatted(gain), "use 0.05 for five points");
    }
    double critical = critical();
    double ratio = (critical + NormalDistribution.quantile(POWER)) * spread / gain;
    double count = Math.ceil(ratio * ratio + critical * critical / 2);
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  /** The gain that a number of examples shows. */
  public double gain(int examples) {
    double critical = critical();
    double effective = Math.max(1, examples - critical * critical / 2);
    return (critical + NormalDistribution.quantile(POWER)) * spread / Math.sqrt(effective);
  }

  /** How many standard errors the best of the candidates exceeds by luck in one run of forty. */
  private double critical() {
    double low = 0;
    double high = REACH;
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      boolean tooLow = probabilityBelow(middle) < 1 - TAIL;
      low = tooLow ? middle : low;
      high = tooLow ? high : middle;
    }
    return high;
  }

  /** Of errors that are correlated by one half, since all have the baseline's. */
  private double probabilityBelow(double limit) {
    double step = 2 * REACH / STEPS;
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      double common = -REACH + (i + 0.5) * step;
      double own = NormalDistribution.probability(limit * Math.sqrt(2) + common);
      sum += step * NormalDistribution.density(common) * Math.pow(own, candidates);
    }
    return sum;
  }

  /**
   * One line, such as {@code 952 examples show a gain of 0.05, of differences that vary by 0.55}.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d examples show a gain of 0.05, of differences that vary by %.2f",
        examples(0.05),
        spread);
  }
}
