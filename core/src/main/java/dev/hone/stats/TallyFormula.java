package dev.hone.stats;

import java.util.Optional;

/** A number of a whole set of observations, such as macro-F1. Its values are deterministic. */
public interface TallyFormula {
  /**
   * The value of a set of at least one observation. Finite for every set; see {@link #undefined}.
   */
  double value(ObservationTally tally);

  /**
   * Whether weights may be broken numbers, so that sets can be mixed. Default: they may not, and
   * {@link ObservationTally#list} gives all observations.
   */
  default boolean takesFractions() {
    return false;
  }

  /**
   * Why the value is one of convention, in a sentence: nothing of what it measures is in the set.
   * Default: empty.
   */
  default Optional<String> undefined(ObservationTally tally) {
    return Optional.empty();
  }

  /**
   * What the value is a share of, where it is one, such as recall: bounds of it are exact then.
   * Default: empty.
   */
  default Optional<Share> share(ObservationTally tally) {
    return Optional.empty();
  }

  /**
   * On how many of the observations the value rests, where no resample shows its spread. Default:
   * on all of them.
   */
  default double support(ObservationTally tally) {
    return tally.size();
  }

  /** The least that the value can be, for its interval where no resample shows its spread. */
  default double least() {
    return 0;
  }

  /** The mean of observations that are numbers, {@link Double}s. */
  static TallyFormula mean() {
    return MeanFormula.MEAN;
  }

  /**
   * A share.
   *
   * @param successes how many of the trials succeeded
   * @param trials the number of trials; 0 if there is nothing to be a share of
   */
  record Share(double successes, double trials) {}
}
