package dev.hone.judge;

import dev.hone.metric.JudgeMetric;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import java.util.List;
import java.util.function.Function;

/**
 * A judge of whether an answer keeps to a context: the share of its claims that the context
 * supports. Immutable and thread-safe.
 *
 * <p>Cost: one model call per question; none for a blank answer. An answer that claims nothing is
 * grounded, 1, as is one that says it does not know; beside {@link Completeness}, saying nothing
 * does not win.
 */
public final class Groundedness implements Program<Groundedness.Texts, Groundedness.Verdict> {
  private final Predict<StatementCheck.Texts, StatementCheck.Found> check =
      StatementCheck.predictor(
          """
          Split the text into its claims, each a statement that may be right or wrong. Leave out \
          greetings, questions and remarks on what is not known. A claim is covered if the source \
          states it, or it follows from what the source states. What is true but not in the source \
          is not covered.""");

  /** The judge, with instructions of Hone's. */
  public Groundedness() {}

  /**
   * What is judged.
   *
   * @param question what was asked
   * @param context what the answer may rely on
   * @param answer the answer
   */
  public record Texts(String question, String context, String answer) {}

  /**
   * What the answer claims.
   *
   * @param claims its claims, and whether the context supports each
   */
  public record Verdict(List<Statement> claims) {
    /** The share of the claims that the context supports, 0 to 1; 1 if there are none. */
    public double share() {
      return Statement.coverage(claims);
    }

    /** Whether the context supports all of them. */
    public boolean isGrounded() {
      return claims.stream().allMatch(Statement::covered);
    }

    /** The claims without support, in words; empty if there are none. */
    public String feedback() {
      return Statement.uncovered("not supported: ", claims);
    }
  }

  @Override
  public Verdict run(Texts texts) {
    return new Verdict(
        StatementCheck.check(check, texts.question(), texts.answer(), texts.context()));
  }

  /**
   * The metric of this judge: the share of the output's claims that the context supports, with
   * feedback. Reads no label.
   *
   * @param judge {@code new Groundedness()}, bound to a model or not, or what an optimizer made of
   *     it
   * @param question what was asked
   * @param context the context, a part of the input
   * @param answer the text of an output
   */
  public static <I, O> JudgeMetric<I, O, Verdict> metric(
      Program<Texts, Verdict> judge,
      Function<? super I, String> question,
      Function<? super I, String> context,
      Function<? super O, String> answer) {
    return Metric.<I, O, Texts, Verdict>judge(
            judge,
            (example, output) ->
                new Texts(
                    question.apply(example.input()),
                    context.apply(example.input()),
                    answer.apply(output)),
            Verdict::share)
        .feedback(Verdict::feedback)
        .named("groundedness");
  }
}
