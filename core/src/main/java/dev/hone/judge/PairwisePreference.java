package dev.hone.judge;

import dev.hone.metric.JudgeMetric;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.signature.Desc;
import java.util.function.Function;

/**
 * A judge of which of two answers is better. It is asked twice, with the answers in both orders,
 * since many models prefer a place to an answer: a preference that does not survive the swap is a
 * tie. Immutable and thread-safe.
 *
 * <p>Cost: two model calls per pair; none if both answers are the same, a tie.
 */
public final class PairwisePreference
    implements Program<PairwisePreference.Answers, PairwisePreference.Verdict> {
  private final Predict<Answers, Comparison> compare =
      Predict.of(
          Answers.class,
          Comparison.class,
          """
          Decide which of two answers serves the one who asked better. What counts is whether it is \
          right, whether it answers the question, and whether it is clear. Length, a confident tone \
          and which of both comes first do not count. Say TIE if neither is better.""");

  /** The judge, with instructions of Hone's. */
  public PairwisePreference() {}

  /** Which answer is better; in the order in which a weighted kappa takes them. */
  public enum Preference {
    /** The first one. */
    FIRST,
    /** Neither. */
    TIE,
    /** The second one. */
    SECOND;

    /** The same preference where the answers have changed places. */
    public Preference swapped() {
      return this == TIE ? TIE : this == FIRST ? SECOND : FIRST;
    }
  }

  /**
   * What is judged.
   *
   * @param question what was asked
   * @param first one answer
   * @param second the other answer
   */
  public record Answers(String question, String first, String second) {
    private Answers swapped() {
      return new Answers(question, second, first);
    }
  }

  /** What one call gives. */
  record Comparison(
      @Desc("what speaks for and against each answer, in a sentence or two") String reasons,
      @Desc("which answer is better") Preference better) {}

  /**
   * What the judge prefers, in both orders.
   *
   * @param asGiven its preference in the order that was given
   * @param asSwapped its preference in the other order, in terms of the order that was given
   * @param reasons what it says in the order that was given
   */
  public record Verdict(Preference asGiven, Preference asSwapped, String reasons) {
    /** The preference that both orders give; else a tie. */
    public Preference preference() {
      return asGiven == asSwapped ? asGiven : Preference.TIE;
    }

    /** Whether the judge says the same in both orders. */
    public boolean isConsistent() {
      return asGiven == asSwapped;
    }

    /** What the first answer counts: 1 if it is preferred, 0.5 for a tie, else 0. */
    public double scoreOfFirst() {
      return 1 - preference().ordinal() / 2.0;
    }
  }

  @Override
  public Verdict run(Answers answers) {
    if (answers.first().strip().equals(answers.second().strip())) {
      return new Verdict(Preference.TIE, Preference.TIE, "both answers are the same");
    }
    Comparison given = compare.run(answers);
    Comparison swapped = compare.run(answers.swapped());
    return new Verdict(given.better(), swapped.better().swapped(), given.reasons());
  }

  /**
   * The metric of this judge, which compares a text of the output with that of the label: 1 if the
   * output is better, 0.5 for a tie, 0 if the label is. Labels that another program wrote make this
   * a comparison of two programs, and the mean the rate of wins.
   *
   * @param judge {@code new PairwisePreference()}, bound to a model or not, or what an optimizer
   *     made of it
   * @param question what was asked
   * @param text the text of an output or label
   */
  public static <I, O> JudgeMetric<I, O, Verdict> metric(
      Program<Answers, Verdict> judge,
      Function<? super I, String> question,
      Function<? super O, String> text) {
    return Metric.<I, O, Answers, Verdict>judge(
            judge,
            LabelComparison.of((asked, label, output) -> new Answers(asked, output, label))
                .on(question, text),
            Verdict::scoreOfFirst)
        .feedback(Verdict::reasons)
        .readingLabel()
        .named("preference");
  }
}
