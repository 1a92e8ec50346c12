package dev.hone.metric;

import dev.hone.text.Plural;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * How far the verdicts of a judge differ that was asked several times about the same output, see
 * {@link JudgeMetric#repeat(int)}. Immutable.
 *
 * @param verdicts the number of verdicts on an output, at least 2
 * @param examples the number of outputs
 * @param flippedExamples on how many of them not all verdicts were the same
 * @param flips the share of verdicts that differ from the most frequent one on their output, 0 to
 *     1; the mean over the outputs
 * @param standardError the standard error that the judge's wavering alone gives the score, of one
 *     output or the mean over all, in units of the score
 */
public record JudgeSpread(
    int verdicts, int examples, int flippedExamples, double flips, double standardError) {
  /**
   * The spread of the verdicts on one output.
   *
   * @param scores what each verdict counts, at least 2
   */
  static JudgeSpread of(double[] scores) {
    double mean = Arrays.stream(scores).average().orElseThrow();
    double squares = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).sum();
    double variance = squares / (scores.length - 1);
    int differing = scores.length - count(scores, mostFrequent(scores));
    return new JudgeSpread(
        scores.length,
        1,
        differing > 0 ? 1 : 0,
        differing / (double) scores.length,
        differing > 0 ? Math.sqrt(variance / scores.length) : 0);
  }

  /** The score that most verdicts give; of several such, that of the first verdict. */
  static double mostFrequent(double[] scores) {
    double best = scores[0];
    for (double score : scores) {
      best = count(scores, score) > count(scores, best) ? score : best;
    }
    return best;
  }

  private static int count(double[] scores, double value) {
    return (int) Arrays.stream(scores).filter(score -> score == value).count();
  }

  /**
   * The spread of a mean over outputs.
   *
   * @param spreads those of the outputs that have one, at least one
   * @param scored the number of scores in the mean; those without a spread do not waver
   */
  public static JudgeSpread ofMean(Collection<JudgeSpread> spreads, int scored) {
    double variance = spreads.stream().mapToDouble(s -> s.standardError * s.standardError).sum();
    return new JudgeSpread(
        spreads.stream().mapToInt(JudgeSpread::verdicts).max().orElseThrow(),
        spreads.stream().mapToInt(JudgeSpread::examples).sum(),
        spreads.stream().mapToInt(JudgeSpread::flippedExamples).sum(),
        spreads.stream().mapToDouble(JudgeSpread::flips).average().orElseThrow(),
        Math.sqrt(variance) / scored);
  }

  /** The spread of a mean of several metrics on one output. */
  static JudgeSpread ofParts(Collection<JudgeSpread> spreads, int parts) {
    JudgeSpread mean = ofMean(spreads, parts);
    return new JudgeSpread(
        mean.verdicts, 1, Math.min(1, mean.flippedExamples), mean.flips, mean.standardError);
  }

  /**
   * One line, such as {@code 5 verdicts on each of 75 outputs, 2.9 % flips, standard error 0.011}.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d verdicts on each of %s, %.1f %% flips, standard error %.3f",
        verdicts,
        Plural.of(examples, "output"),
        100 * flips,
        standardError);
  }
}
