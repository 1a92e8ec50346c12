package dev.hone.report.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer found.
 *
 * @param verdict whether anything was gained; null if it does not say
 * @param baseline the score of the program as given, on the examples that were chosen by; null if
 *     nothing was evaluated
 * @param best the score of what was found, on these; null if nothing was evaluated
 * @param chosen the number of what was chosen by its name; may be empty
 * @param finishReason why it ended, such as {@code trials spent}
 * @param findings what was found and why it is returned, in sentences
 * @param notes what a reader should know, in sentences
 * @param prompts each predictor before and after
 */
public record ResultEntry(
    @Nullable VerdictEntry verdict,
    @Nullable ScoreEntry baseline,
    @Nullable ScoreEntry best,
    Map<String, Integer> chosen,
    String finishReason,
    List<String> findings,
    List<String> notes,
    List<PromptEntry> prompts) {
  /** Fills in what is missing. */
  public ResultEntry {
    chosen = Given.map(chosen);
    finishReason = Given.text(finishReason);
    findings = Given.list(findings);
    notes = Given.list(notes);
    prompts = Given.list(prompts);
  }

  /**
   * Whether anything was gained.
   *
   * @param kind {@code improved}, {@code no gain}, {@code saturated} or {@code too few examples}
   * @param sentence it in a sentence
   * @param by the estimate of the gain; null if there is none
   * @param lower the lower end of its 95 % confidence interval; null if there is none
   * @param upper the upper end; null if there is none
   * @param probability the probability that it is better; null if there is none
   */
  public record VerdictEntry(
      String kind,
      String sentence,
      @Nullable Double by,
      @Nullable Double lower,
      @Nullable Double upper,
      @Nullable Double probability) {
    /** Fills in what is missing. */
    public VerdictEntry {
      kind = Given.text(kind);
      sentence = Given.text(sentence);
      by = Given.finite(by);
      lower = Given.finite(lower);
      upper = Given.finite(upper);
      probability = Given.finite(probability);
    }
  }

  /**
   * A predictor's prompt before and after.
   *
   * @param predictor its name
   * @param before the instructions that it came with
   * @param after the instructions that were found
   * @param demosBefore the demos that it came with, as JSON
   * @param demosAfter the demos that were found, as JSON
   */
  public record PromptEntry(
      String predictor,
      String before,
      String after,
      List<String> demosBefore,
      List<String> demosAfter) {
    /** Fills in what is missing. */
    public PromptEntry {
      predictor = Given.text(predictor);
      before = Given.text(before);
      after = Given.text(after);
      demosBefore = Given.list(demosBefore);
      demosAfter = Given.list(demosAfter);
    }
  }
}
