package dev.hone.judge;

import dev.hone.InvalidInputException;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.PairedComparison;
import dev.hone.stats.Estimate;
import dev.hone.stats.Interval;
import dev.hone.stats.RankCorrelation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Two programs compared by the scores of a judge, with what the judge may have been fooled by: the
 * length of the outputs. Immutable. Calls no model.
 *
 * <p>Length is looked at in two ways that do not share their errors: among examples, whether those
 * with longer outputs score higher, by the means of both evaluations; and within examples, whether
 * the score rose where the output grew. Neither is moved by a gain that is the same at every
 * length.
 */
public final class JudgeComparison {
  private static final double LEVEL = 0.95;

  private final PairedComparison scores;
  private final Sample before;
  private final Sample after;

  private JudgeComparison(PairedComparison scores, Sample before, Sample after) {
    this.scores = scores;
    this.before = before;
    this.after = after;
  }

  /** Outputs that were scored, with another one of the same example. */
  private record Sample(double[] lengths, double[] scores) {
    double meanLength() {
      return Arrays.stream(lengths).average().orElseThrow();
    }
  }

  /**
   * Compares two evaluations by one judge. Only examples with an output and a score in both count.
   *
   * @param before the evaluation to compare with
   * @param after that of the other program, on the same examples
   * @param text what is measured of an output, such as {@code Reply::text}
   * @throws InvalidInputException if they are not of the same examples, or no example counts
   */
  public static <I, O> JudgeComparison of(
      Evaluation<I, O> before, Evaluation<I, O> after, Function<? super O, String> text) {
    PairedComparison scores = after.compareWith(before);
    int[] counting =
        IntStream.range(0, before.results().size())
            .filter(i -> isScored(before, i) && isScored(after, i))
            .toArray();
    if (counting.length == 0) {
      throw InvalidInputException.of(
          "No example has an output with a score in both evaluations",
          "look at what failed in each");
    }
    return new JudgeComparison(
        scores, sample(before, counting, text), sample(after, counting, text));
  }

  private static boolean isScored(Evaluation<?, ?> evaluation, int index) {
    return evaluation.results().get(index).score().isPresent();
  }

  private static <I, O> Sample sample(
      Evaluation<I, O> evaluation, int[] indices, Function<? super O, String> text) {
    List<ExampleResult<I, O>> results =
        Arrays.stream(indices).mapToObj(evaluation.results()::get).toList();
    return new Sample(
        results.stream().mapToDouble(result -> LengthBias.length(result, text)).toArray(),
        results.stream().mapToDouble(result -> result.score().orElseThrow()).toArray());
  }

  /**
   * The scores, pair by pair; the difference is positive where the second evaluation is better.
   * Here an example whose program failed counts its failure score, though it has no length.
   */
  public PairedComparison scores() {
    return scores;
  }

  /** The mean length of the outputs before, in characters. */
  public double meanLengthBefore() {
    return before.meanLength();
  }

  /** The mean length of the outputs after, in characters. */
  public double meanLengthAfter() {
    return after.meanLength();
  }

  /** By how many characters outputs are longer after on average, with the 95 % interval. */
  public Estimate lengthDifference() {
    double[] grown = differences(Sample::lengths);
    return new Estimate(
        Arrays.stream(grown).average().orElseThrow(), Interval.ofMean(grown, LEVEL));
  }

  /**
   * The rank correlation of score and length among examples, by the means of both evaluations;
   * empty where it is undefined.
   */
  public Optional<Estimate> amongExamples() {
    return RankCorrelation.spearman(
        combined(Sample::lengths, Double::sum), combined(Sample::scores, Double::sum), LEVEL);
  }

  /**
   * The rank correlation of what an example gained in score and what its output grew; empty where
   * it is undefined.
   */
  public Optional<Estimate> withinExamples() {
    return RankCorrelation.spearman(
        differences(Sample::lengths), differences(Sample::scores), LEVEL);
  }

  private double[] differences(Function<Sample, double[]> values) {
    return combined(values, (later, earlier) -> later - earlier);
  }

  private double[] combined(Function<Sample, double[]> values, DoubleBinaryOperator operator) {
    double[] first = values.apply(before);
    double[] second = values.apply(after);
    return IntStream.range(0, first.length)
        .mapToDouble(i -> operator.applyAsDouble(second[i], first[i]))
        .toArray();
  }

  /**
   * Whether the gain may be one of length: the score rose, the length changed beyond accident, and
   * one of the correlations says, beyond accident, that this judge rewards a change in that
   * direction. Of judges that do not look at length at all, about one in twenty is suspected.
   */
  public boolean gainMayBeLength() {
    Interval grown = lengthDifference().interval();
    boolean longer = grown.lower() > 0 && (isAbove(amongExamples()) || isAbove(withinExamples()));
    boolean shorter = grown.upper() < 0 && (isBelow(amongExamples()) || isBelow(withinExamples()));
    return scores.meanDifference() > 0 && (longer || shorter);
  }

  private static boolean isAbove(Optional<Estimate> correlation) {
    return correlation.filter(r -> r.interval().lower() > 0).isPresent();
  }

  private static boolean isBelow(Optional<Estimate> correlation) {
    return correlation.filter(r -> r.interval().upper() < 0).isPresent();
  }

  /** The scores, the lengths and their correlations, and a warning if the gain may be length. */
  @Override
  public String toString() {
    Estimate grown = lengthDifference();
    String text =
        String.format(
            Locale.ROOT,
            "%s%nmean length %.0f -> %.0f characters, difference %+.1f [%+.1f, %+.1f]%n"
                + "score against length: rank correlation among examples %s, of the changes %s",
            scores,
            meanLengthBefore(),
            meanLengthAfter(),
            grown.value(),
            grown.interval().lower(),
            grown.interval().upper(),
            LengthBias.words(
                amongExamples(),
                combined(Sample::lengths, Double::sum),
                combined(Sample::scores, Double::sum)),
            LengthBias.words(
                withinExamples(), differences(Sample::lengths), differences(Sample::scores)));
    return gainMayBeLength() ? text + System.lineSeparator() + warning(grown.value()) : text;
  }

  private static String warning(double grown) {
    String change = grown > 0 ? "longer" : "shorter";
    return "warning: the outputs are %s, and this judge gives %s ones higher scores, so the gain may be length alone. Maybe compare outputs of equal length, or tell the judge not to reward it."
        .formatted(change, change);
  }
}
