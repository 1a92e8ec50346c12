package dev.hone.optimize;

import dev.hone.stats.Interval;
import dev.hone.text.Plural;
import java.util.Locale;

/**
 * Whether a run of an optimizer gained anything, on new examples of the same kind: the answer that
 * a report begins with. Immutable.
 *
 * <p>Estimates and intervals are corrected for having chosen the best of many by the very scores
 * that the gain is read from; how, and how often they were right in simulated runs, is in {@code
 * docs/algorithms/verdict.md}. What is returned does not depend on the verdict: it is the program
 * with the highest expected score, unless a setting such as {@code keepBaselineUnless} asks for
 * more.
 */
public sealed interface Verdict {
  /** Whether the gain is real, as far as the examples can show it. */
  default boolean improved() {
    return this instanceof Improved;
  }

  /**
   * What is returned is better than the program as given. Where nothing is, a run says so in at
   * most one of twenty cases.
   *
   * @param by the estimate of the gain, in units of the score
   * @param interval the 95 % confidence interval of the gain, which lies above 0
   * @param probability the probability that it is better, as the run knows it
   */
  record Improved(double by, Interval interval, double probability) implements Verdict {
    @Override
    public String toString() {
      return "Improved by %s on new examples; %s."
          .formatted(gain("%.3f", by, interval), better(probability));
    }
  }

  /**
   * The examples show no gain, and would have shown one that matters. What is returned may be the
   * best expected program all the same; the numbers are its own, or where the program as given is
   * returned, those of what came closest.
   *
   * @param by the estimate of the gain, in units of the score
   * @param interval the 95 % confidence interval of the gain
   * @param probability the probability that it is better, as the run knows it
   */
  record NoSignificantGain(double by, Interval interval, double probability) implements Verdict {
    @Override
    public String toString() {
      return "No significant gain: %s on new examples; %s."
          .formatted(gain("%+.3f", by, interval), better(probability));
    }
  }

  /**
   * The program as given scores at the top on nearly all examples, so that these leave nothing to
   * gain. Harder examples would.
   *
   * @param score the mean score of the program as given
   * @param examples the number of examples that it was scored on
   */
  record Saturated(double score, int examples) implements Verdict {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "Saturated: the program as given scores %.3f on %s, which leaves nothing to gain; harder examples would.",
          score,
          Plural.of(examples, "example"));
    }
  }

  /**
   * The examples are too few to tell a gain that matters from luck, and show none that is larger.
   *
   * @param needed the number of examples, scored under both programs, that would show a gain of the
   *     size in question in eight of ten cases; see {@code GainPower}
   * @param examples the number of examples that both programs were scored on
   * @param by the estimate of the gain, in units of the score
   * @param interval the 95 % confidence interval of the gain
   * @param probability the probability that it is better, as the run knows it
   */
  record TooFewExamples(int needed, int examples, double by, Interval interval, double probability)
      implements Verdict {
    @Override
    public String toString() {
      return "Too few examples to tell a gain from luck: %d compared, %d needed; %s on new examples, %s."
          .formatted(examples, needed, gain("%+.3f", by, interval), better(probability));
    }
  }

  private static String gain(String format, double by, Interval interval) {
    return String.format(
        Locale.ROOT, format + " [%+.3f, %+.3f]", by, interval.lower(), interval.upper());
  }

  private static String better(double probability) {
    String percent =
        probability > 0.995
            ? "over 99 %"
            : probability < 0.005
                ? "under 1 %"
                : String.format(Locale.ROOT, "%.0f %%", 100 * probability);
    return "better with a probability of " + percent;
  }
}
