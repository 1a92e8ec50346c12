package dev.hone.judge;

import dev.hone.program.Predict;
import dev.hone.signature.Desc;
import java.util.List;

/** One call of a model that splits a text into statements and looks for each in a source. */
final class StatementCheck {
  private StatementCheck() {}

  /**
   * What is checked.
   *
   * @param question what was asked; for understanding only
   * @param text what is split into statements
   * @param source where they are looked for
   */
  record Texts(
      @Desc("what was asked, to understand the texts by") String question,
      @Desc("the text to split into statements") String text,
      @Desc("where to look for the statements") String source) {}

  /**
   * What was found.
   *
   * @param statements the statements of the text
   */
  record Found(@Desc("every statement of the text, in order") List<Statement> statements) {}

  static Predict<Texts, Found> predictor(String instructions) {
    return Predict.of(Texts.class, Found.class, instructions);
  }

  /** The statements of a text; none of a blank one, for which no model is called. */
  static List<Statement> check(
      Predict<Texts, Found> predictor, String question, String text, String source) {
    return text.isBlank()
        ? List.of()
        : predictor.run(new Texts(question, text, source)).statements();
  }
}
