package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of a table: what is shown of each example, and where it is cut. */
class EvaluationTableTest {
  private record Text(String text) {}

  private static final Metric<Text, Text> METRIC =
      (example, output, run) -> {
        if (output.text().equals("odd")) {
          throw new IllegalArgumentException("no label");
        }
        return Score.of(output.text().equals(example.expected().text()));
      };

  private static final Program<Text, Text> PROGRAM =
      input -> {
        if (input.text().equals("broken")) {
          throw new IllegalStateException("bug");
        } else if (input.text().equals("away")) {
          throw new LmException.Unavailable("down", null, null);
        }
        return input;
      };

  private static Evaluation<Text, Text> evaluate(String... texts) {
    return Evaluator.of(
            Dataset.of(
                List.of(texts).stream()
                    .map(text -> Example.of(new Text(text), new Text(text.strip())))
                    .toList()),
            METRIC)
        .evaluate(PROGRAM);
  }

  private static String row(Evaluation<Text, Text> evaluation, int row) {
    return evaluation.table().lines().toList().get(row);
  }

  @Test
  void namesWhatFailedAndHasNoScoreForIt() {
    Evaluation<Text, Text> evaluation = evaluate("fine", "broken", "away", "odd");

    assertThat(row(evaluation, 0)).matches("   #  input +expected +output +score");
    assertThat(row(evaluation, 1)).matches("   1  fine +fine +fine +1\\.000");
    assertThat(row(evaluation, 2)).matches("   2  broken +broken +\\(IllegalStateEx\\S+ +0\\.000");
    assertThat(row(evaluation, 3)).matches("   3  away +away +\\(Unavailable\\) +none");
    assertThat(row(evaluation, 4)).matches("   4  odd +odd +odd +none");
    assertThat(row(evaluation, 5)).matches("mean +0\\.500");
  }

  @Test
  void cutsTextsAtTheirWidthOnOneLineAndNoCharacterInHalf() {
    String exact = "abcdefghijklmnopqrstuv";
    String longer = "abcdefghijklmnopqrstuvw";
    String smiles = "\uD83D\uDE00".repeat(30);
    Evaluation<Text, Text> evaluation = evaluate(exact, longer, smiles, "a\n\n b\tc");

    assertThat(row(evaluation, 1)).contains(exact + "  " + exact + "  ");
    assertThat(row(evaluation, 2)).contains(longer + "  ").contains("  abcdefghijklmnopqrstu…  ");
    assertThat(row(evaluation, 3)).contains("\uD83D\uDE00".repeat(16) + "…");
    assertThat(row(evaluation, 3).codePoints())
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    assertThat(row(evaluation, 4)).contains("  a b c  ");
  }

  @Test
  void showsTheMostFrequentErrorFirstAndTheFirstExampleOfIt() {
    Evaluation<Text, Text> evaluation =
        evaluate("odd", "broken", "fine", "broken", "away", "broken", "away");

    assertThat(evaluation.errorsByClass().keySet())
        .containsExactly("IllegalStateException", "Unavailable", "IllegalArgumentException");
    assertThat(evaluation.toString().lines().skip(1).limit(3))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "3 times IllegalStateException, the first in example 2: the program failed:"
                            + " java.lang.IllegalStateException: bug"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "2 times Unavailable, the first in example 5: the model gave no reply:"
                            + " down"),
            line -> assertThat(line).startsWith("example 1: the metric failed: "));
    assertThat(evaluation.worst(0)).isEmpty();
    assertThatThrownBy(() -> evaluation.worst(-1)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> evaluation.table(-1)).isInstanceOf(InvalidInputException.class);
    assertThat(evaluation.table(0).lines()).hasSize(3).contains("(0 of 7 examples are shown)");
  }

  @Test
  void faultsOfSeveralKindsWithoutAScoreAreCountedByKind() {
    assertThatThrownBy(() -> evaluate("away", "odd", "away"))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessage(
            "No example has a score: 1 metric failed, 2 model unavailable. The first: the model gave"
                + " no reply: down")
        .hasCauseInstanceOf(LmException.Unavailable.class)
        .isInstanceOfSatisfying(
            EvaluationFailedException.class, e -> assertThat(e.results()).hasSize(3));
  }
}
