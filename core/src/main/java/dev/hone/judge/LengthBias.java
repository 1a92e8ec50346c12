package dev.hone.judge;

import dev.hone.InvalidInputException;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.stats.Estimate;
import dev.hone.stats.RankCorrelation;
import dev.hone.text.Plural;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether the scores of an evaluation rise with the length of the outputs: many judges prefer long
 * texts to good ones. A correlation alone does not show that the judge is at fault, since good
 * answers may be longer; it shows that a gain which comes with length proves nothing. Immutable.
 * Calls no model.
 */
public final class LengthBias {
  private static final double LEVEL = 0.95;

  private final double[] lengths;
  private final double[] scores;
  private final Optional<Estimate> correlation;

  private LengthBias(double[] lengths, double[] scores) {
    this.lengths = lengths;
    this.scores = scores;
    this.correlation = RankCorrelation.spearman(lengths, scores, LEVEL);
  }

  /**
   * The length bias of the scores of an evaluation. Outputs without a score are left out.
   *
   * @param text what is measured of an output, such as {@code Reply::text}
   */
  public static <I, O> LengthBias of(
      Evaluation<I, O> evaluation, Function<? super O, String> text) {
    List<ExampleResult<I, O>> scored =
        evaluation.results().stream().filter(result -> result.score().isPresent()).toList();
    return new LengthBias(
        scored.stream().mapToDouble(result -> length(result, text)).toArray(),
        scored.stream().mapToDouble(result -> result.score().orElseThrow()).toArray());
  }

  /** The length of a text in characters, white space at its ends left out. */
  static <O> double length(ExampleResult<?, O> result, Function<? super O, String> text) {
    String given = text.apply(result.output().orElseThrow());
    if (given == null) {
      throw InvalidInputException.of(
          "The text of an output is null, expected a text",
          "give an empty one where there is none");
    }
    String stripped = given.strip();
    return stripped.codePointCount(0, stripped.length());
  }

  /** The number of outputs with a score. */
  public int examples() {
    return scores.length;
  }

  /** The mean length of these outputs in characters; 0 if there are none. */
  public double meanLength() {
    return Arrays.stream(lengths).average().orElse(0);
  }

  /**
   * Spearman's rank correlation of score and length, with its 95 % interval; empty where it is
   * undefined: for fewer than 4 outputs, outputs of one length, or scores that are all the same.
   */
  public Optional<Estimate> correlation() {
    return correlation;
  }

  /** Whether longer outputs score higher, beyond accident: the whole interval is above 0. */
  public boolean favoursLong() {
    return correlation.filter(r -> r.interval().lower() > 0).isPresent();
  }

  /** Whether shorter outputs score higher, beyond accident: the whole interval is below 0. */
  public boolean favoursShort() {
    return correlation.filter(r -> r.interval().upper() < 0).isPresent();
  }

  /** One line: the correlation, on how many outputs of what mean length, and what that says. */
  @Override
  public String toString() {
    String says = favoursLong() ? ": longer outputs score higher" : "";
    return String.format(
        Locale.ROOT,
        "score against length: rank correlation %s on %s of %.0f characters on average%s",
        words(correlation, lengths, scores),
        Plural.of(scores.length, "output"),
        meanLength(),
        favoursShort() ? ": shorter outputs score higher" : says);
  }

  /** A correlation, or why there is none. */
  static String words(Optional<Estimate> correlation, double[] lengths, double[] scores) {
    if (correlation.isPresent()) {
      return correlation.get().toString();
    }
    boolean few = lengths.length < 4;
    String why = isConstant(lengths) ? "all lengths are the same" : "all scores are the same";
    return "undefined (" + (few ? "fewer than 4" : why) + ")";
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }
}
