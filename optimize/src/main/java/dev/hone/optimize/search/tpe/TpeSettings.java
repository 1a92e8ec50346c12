package dev.hone.optimize.search.tpe;

import dev.hone.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the tree-structured Parzen estimator. The defaults are Optuna's, except for {@code
 * startupTrials}: Optuna's 10 would leave a short search unguided.
 *
 * @param startupTrials trials at random before the first guided one, at least 0; null for three
 *     tenths of the budget's trials, but at least 2 and at most 10
 * @param gamma the share of the observations that counts as good, over 0 and under 1; 0.1
 * @param belowLimit how many count as good at most, at least 1; 25
 * @param candidates how many configurations are drawn to choose a suggestion from, at least 1; 24
 */
public record TpeSettings(
    @Nullable Integer startupTrials, double gamma, int belowLimit, int candidates) {
  private static final TpeSettings DEFAULTS = new TpeSettings(null, 0.1, 25, 24);

  /** Checks the ranges. */
  public TpeSettings {
    if (startupTrials != null && startupTrials < 0) {
      throw InvalidInputException.of(
          "startupTrials (%d) is less than 0".formatted(startupTrials),
          "leave it out, then it follows from the number of trials");
    }
    if (!(gamma > 0 && gamma < 1)) {
      throw InvalidInputException.of(
          "gamma (%s) is not between 0 and 1".formatted(gamma), "use the default, 0.1");
    }
    requirePositive(belowLimit, "belowLimit", 25);
    requirePositive(candidates, "candidates", 24);
  }

  /** The defaults. */
  public static TpeSettings defaults() {
    return DEFAULTS;
  }

  /** These settings with another number of trials at random; null to let it follow the budget. */
  public TpeSettings withStartupTrials(@Nullable Integer startupTrials) {
    return new TpeSettings(startupTrials, gamma, belowLimit, candidates);
  }

  /** These settings with another share of good observations. */
  public TpeSettings withGamma(double gamma) {
    return new TpeSettings(startupTrials, gamma, belowLimit, candidates);
  }

  /** These settings with another limit of good observations. */
  public TpeSettings withBelowLimit(int belowLimit) {
    return new TpeSettings(startupTrials, gamma, belowLimit, candidates);
  }

  /** These settings with another number of configurations to choose from. */
  public TpeSettings withCandidates(int candidates) {
    return new TpeSettings(startupTrials, gamma, belowLimit, candidates);
  }

  /** How many trials are at random in a search of so many trials. */
  public int startupTrialsOf(int trials) {
    return startupTrials != null
        ? startupTrials
        : (int) Math.max(2, Math.min(10, Math.ceil(trials * 0.3)));
  }

  /** How many of so many observations count as good. */
  int belowCount(int observations) {
    return (int) Math.min(Math.ceil(gamma * observations), belowLimit);
  }

  private static void requirePositive(int value, String name, int usual) {
    if (value < 1) {
      throw InvalidInputException.of(
          "%s (%d) is less than 1".formatted(name, value), "use the default, " + usual);
    }
  }
}
