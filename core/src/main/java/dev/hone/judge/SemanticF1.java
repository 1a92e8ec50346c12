package dev.hone.judge;

import dev.hone.metric.JudgeMetric;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import java.util.List;
import java.util.function.Function;

/**
 * A judge of whether an answer says the same as the expected one, in whatever words: both are split
 * into statements; the share of the answer's statements that the expected answer covers is the
 * precision, the share of the expected ones that the answer covers the recall. Immutable and
 * thread-safe.
 *
 * <p>Cost: two model calls per question; none for a blank text, which has no statements. A text
 * without statements is covered in full, so two such texts give F1 = 1, and one of them 0.
 *
 * <pre>{@code
 * var judge = new SemanticF1().on(model);
 * Metric<Question, Answer> metric = SemanticF1.metric(judge, Question::text, Answer::text);
 * }</pre>
 */
public final class SemanticF1 implements Program<SemanticF1.Texts, SemanticF1.Verdict> {
  private final Predict<StatementCheck.Texts, StatementCheck.Found> check =
      StatementCheck.predictor(
          """
          Split the text into its statements. Leave out greetings and phrases that say nothing. A \
          statement is covered if the source says the same, in whatever words. It is not covered if \
          the source says something else or is silent on it, even if it is true.""");

  /** The judge, with instructions of Hone's. */
  public SemanticF1() {}

  /**
   * What is judged.
   *
   * @param question what was asked
   * @param expected the expected answer
   * @param answer the answer
   */
  public record Texts(String question, String expected, String answer) {}

  /**
   * What each side says, and whether the other side says it too.
   *
   * @param ofExpected the statements of the expected answer
   * @param ofAnswer the statements of the answer
   */
  public record Verdict(List<Statement> ofExpected, List<Statement> ofAnswer) {
    /** The share of the answer's statements that the expected answer covers. */
    public double precision() {
      return Statement.coverage(ofAnswer);
    }

    /** The share of the expected answer's statements that the answer covers. */
    public double recall() {
      return Statement.coverage(ofExpected);
    }

    /** The harmonic mean of both, 0 to 1. */
    public double f1() {
      if (ofExpected.isEmpty() != ofAnswer.isEmpty()) {
        return 0;
      }
      double sum = precision() + recall();
      return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }

    /** What is missing and what is not expected, in words; empty if nothing is. */
    public String feedback() {
      String missing = Statement.uncovered("missing: ", ofExpected);
      String extra = Statement.uncovered("not expected: ", ofAnswer);
      return missing + (missing.isEmpty() || extra.isEmpty() ? "" : "\n") + extra;
    }
  }

  @Override
  public Verdict run(Texts texts) {
    return new Verdict(
        StatementCheck.check(check, texts.question(), texts.expected(), texts.answer()),
        StatementCheck.check(check, texts.question(), texts.answer(), texts.expected()));
  }

  /**
   * The metric of this judge, which compares a text of the output with that of the label: F1, with
   * feedback.
   *
   * @param judge {@code new SemanticF1()}, bound to a model or not, or what an optimizer made of it
   * @param question what was asked
   * @param text the text of an output or label
   */
  public static <I, O> JudgeMetric<I, O, Verdict> metric(
      Program<Texts, Verdict> judge,
      Function<? super I, String> question,
      Function<? super O, String> text) {
    return Metric.<I, O, Texts, Verdict>judge(
            judge, LabelComparison.of(Texts::new).on(question, text), Verdict::f1)
        .feedback(Verdict::feedback)
        .readingLabel()
        .named("semantic F1");
  }
}
