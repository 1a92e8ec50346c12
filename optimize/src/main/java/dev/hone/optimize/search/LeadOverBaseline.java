package dev.hone.optimize.search;

import java.util.Locale;

/**
 * How far a configuration is ahead of the baseline, and how sure that is. Immutable.
 *
 * @param configuration the configuration, which is not the baseline
 * @param difference how it scored beside the baseline on the examples that both have a score on
 * @param probability the probability that it is truly better than the baseline, by the source
 * @param source what the probability is an estimate by
 */
public record LeadOverBaseline(
    Configuration configuration, PairedDifference difference, double probability, Source source) {
  /** What a probability is an estimate by. */
  public enum Source {
    /** The search's own model of all scores, see {@link SearchRun#confidence()}. */
    MODEL_OF_SEARCH("the search's own model"),
    /** The scores of the two alone, see {@link PairedDifference}. */
    PAIRED_DIFFERENCES("the paired differences");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    /** As reports name it. */
    @Override
    public String toString() {
      return words;
    }
  }

  /** The probability as reports write it, such as {@code 93 %}, never 0 or 100 %. */
  public String percent() {
    if (probability > 0.995) {
      return "over 99 %";
    }
    return probability < 0.005
        ? "under 1 %"
        : String.format(Locale.ROOT, "%.0f %%", 100 * probability);
  }
}
