package dev.hone.report.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The program before and after, on the same examples. Where one of the two is not measured yet, its
 * score is null.
 *
 * @param part what the examples are, such as {@code test}
 * @param before the score before; null if it is not measured
 * @param after the score after; null if it is not measured
 * @param gain the difference, by pairs of examples; null if one is not measured
 * @param partsBefore the parts of the score before, by name
 * @param partsAfter the parts of the score after, by name
 * @param rows examples, in their order; not all where there are very many
 * @param rowsLeftOut how many examples are not among the rows
 * @param confusions the confusion of each field that has few values
 */
public record ComparisonEntry(
    String part,
    @Nullable ScoreEntry before,
    @Nullable ScoreEntry after,
    @Nullable GainEntry gain,
    Map<String, Double> partsBefore,
    Map<String, Double> partsAfter,
    List<RowEntry> rows,
    int rowsLeftOut,
    List<ConfusionEntry> confusions) {
  /** Fills in what is missing. */
  public ComparisonEntry {
    part = Given.text(part);
    partsBefore = Given.map(partsBefore);
    partsAfter = Given.map(partsAfter);
    rows = Given.list(rows);
    confusions = Given.list(confusions);
  }

  /** Whether texts of the examples are kept, and not their numbers and scores only. */
  public boolean hasTexts() {
    return rows.stream().anyMatch(row -> !row.input().isEmpty());
  }

  /**
   * By how much the score after is higher.
   *
   * @param by the difference
   * @param lower the lower end of its 95 % confidence interval
   * @param upper the upper end
   * @param probability the probability that it is truly better
   * @param better on how many examples it is better
   * @param worse on how many it is worse
   * @param equal on how many both score the same
   */
  public record GainEntry(
      double by, double lower, double upper, double probability, int better, int worse, int equal) {
    /** Fills in what is missing. */
    public GainEntry {
      by = Given.finite(by);
      lower = Given.finite(lower);
      upper = Given.finite(upper);
      probability = Given.finite(probability);
    }
  }

  /**
   * An example.
   *
   * @param position its position, from 1
   * @param input what the program was given, as JSON
   * @param gold its label, as JSON; empty if it has none
   * @param before what came of it before; null if that is not measured
   * @param after what came of it after; null if that is not measured
   */
  public record RowEntry(
      int position,
      String input,
      String gold,
      @Nullable AnswerEntry before,
      @Nullable AnswerEntry after) {
    /** Fills in what is missing. */
    public RowEntry {
      input = Given.text(input);
      gold = Given.text(gold);
    }
  }

  /**
   * What came of an example.
   *
   * @param output what the program returned, as JSON; empty if it failed
   * @param score its score; null if it has none
   * @param why what metric or judge say of it; may be empty
   * @param error what failed, in a sentence; else empty
   */
  public record AnswerEntry(String output, @Nullable Double score, String why, String error) {
    /** Fills in what is missing. */
    public AnswerEntry {
      output = Given.text(output);
      score = Given.finite(score);
      why = Given.text(why);
      error = Given.text(error);
    }
  }

  /**
   * How often each gold value of a field met each answer.
   *
   * @param field the field
   * @param labels its values
   * @param before counts by gold value, then by answer; the last answer is anything else
   * @param after the same of the program after
   */
  public record ConfusionEntry(
      String field, List<String> labels, List<List<Integer>> before, List<List<Integer>> after) {
    /** Fills in what is missing. */
    public ConfusionEntry {
      field = Given.text(field);
      labels = Given.list(labels);
      before = Given.list(before).stream().map(Given::list).toList();
      after = Given.list(after).stream().map(Given::list).toList();
    }
  }
}
