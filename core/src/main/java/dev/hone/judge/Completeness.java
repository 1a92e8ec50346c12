package dev.hone.judge;

import dev.hone.metric.JudgeMetric;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import java.util.List;
import java.util.function.Function;

/**
 * A judge of whether an answer leaves nothing out: the share of the points of the expected answer
 * that it makes. What it says beyond that does not count; {@link SemanticF1} counts it. Immutable
 * and thread-safe.
 *
 * <p>Cost: one model call per question; none where nothing is expected, which gives 1, or the
 * answer is blank.
 */
public final class Completeness implements Program<Completeness.Texts, Completeness.Verdict> {
  private final Predict<StatementCheck.Texts, StatementCheck.Found> check =
      StatementCheck.predictor(
          """
          Split the text into the points that an answer to the question has to make. Leave out \
          greetings and what does not help with the question. A point is covered if the source \
          makes it in full, in whatever words; one that the source makes in part, or only hints at, \
          is not covered.""");

  /** The judge, with instructions of Hone's. */
  public Completeness() {}

  /**
   * What is judged.
   *
   * @param question what was asked
   * @param expected the expected answer, or the points that it has to make
   * @param answer the answer
   */
  public record Texts(String question, String expected, String answer) {}

  /**
   * What was to be said.
   *
   * @param points the points of the expected answer, and whether the answer makes each
   */
  public record Verdict(List<Statement> points) {
    /** The share of the points that the answer makes, 0 to 1; 1 if there are none. */
    public double share() {
      return Statement.coverage(points);
    }

    /** Whether it makes all of them. */
    public boolean isComplete() {
      return points.stream().allMatch(Statement::covered);
    }

    /** The points that are missing, in words; empty if there are none. */
    public String feedback() {
      return Statement.uncovered("missing: ", points);
    }
  }

  @Override
  public Verdict run(Texts texts) {
    if (texts.answer().isBlank() && !texts.expected().isBlank()) {
      return new Verdict(List.of(new Statement(texts.expected(), false)));
    }
    return new Verdict(
        StatementCheck.check(check, texts.question(), texts.expected(), texts.answer()));
  }

  /**
   * The metric of this judge, which looks for the points of the label in the output, with feedback.
   *
   * @param judge {@code new Completeness()}, bound to a model or not, or what an optimizer made of
   *     it
   * @param question what was asked
   * @param text the text of an output or label
   */
  public static <I, O> JudgeMetric<I, O, Verdict> metric(
      Program<Texts, Verdict> judge,
      Function<? super I, String> question,
      Function<? super O, String> text) {
    return Metric.<I, O, Texts, Verdict>judge(
            judge, LabelComparison.of(Texts::new).on(question, text), Verdict::share)
        .feedback(Verdict::feedback)
        .readingLabel()
        .named("completeness");
  }
}
