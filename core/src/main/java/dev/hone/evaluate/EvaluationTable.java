package dev.hone.evaluate;

import dev.hone.metric.Score;
import dev.hone.row.RowText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Results as lines of text for people: the position of the example, the beginnings of input, label
 * and output, the score and its parts.
 */
final class EvaluationTable {
  private static final int INPUT = 34;
  private static final int OUTPUT = 22;
  private static final int NUMBER = 8;
  private static final int NAME = 12;

  private final Evaluation<?, ?> evaluation;
  private final Map<String, Double> means;
  private final int positionWidth;

  EvaluationTable(Evaluation<?, ?> evaluation) {
    this.evaluation = evaluation;
    this.means = evaluation.scoreByPart();
    this.positionWidth = Math.max(4, String.valueOf(evaluation.results().size()).length());
  }

  /** The examples at some positions, counted from 0, and the means over all. */
  String of(List<Integer> positions) {
    List<String> lines = new ArrayList<>(List.of(heading()));
    positions.forEach(i -> lines.add(row(i)));
    if (evaluation.hasScore()) {
      lines.add(
          line(
              "mean",
              List.of("", "", ""),
              EvaluationText.number(evaluation.score()),
              numbers(means)));
    }
    return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }

  private String heading() {
    String names =
        means.keySet().stream().map(name -> "  " + RowText.right(name, NAME)).collect(Collectors.joining());
    return line("#", List.of("input", "expected", "output"), "score", names);
  }

  private String row(int position) {
    ExampleResult<?, ?> result = evaluation.results().get(position);
    OptionalDouble score = evaluation.scores().get(position);
    String expected = result.example().hasLabel() ? RowText.of(result.example().expected()) : "";
    String output =
        result
            .output()
            .map(RowText::of)
            .or(() -> result.error().map(error -> "(" + error.getClass().getSimpleName() + ")"))
            .orElse("");
    return line(
        String.valueOf(position + 1),
        List.of(RowText.of(result.example().input()), expected, output),
        score.isPresent() ? EvaluationText.number(score.getAsDouble()) : "none",
        result.outcome() instanceof Outcome.Scored<?> scored ? parts(scored.score()) : "");
  }

  private String parts(Score score) {
    return means.keySet().stream()
        .map(score.parts()::get)
        .map(value -> "  " + RowText.right(value == null ? "" : EvaluationText.number(value), NAME))
        .collect(Collectors.joining());
  }

  private static String numbers(Map<String, Double> values) {
    return values.values().stream()
        .map(value -> "  " + RowText.right(EvaluationText.number(value), NAME))
        .collect(Collectors.joining());
  }

  private String line(String position, List<String> texts, String score, String parts) {
    return RowText.right(position, positionWidth)
        + "  "
        + RowText.left(texts.get(0), INPUT)
        + "  "
        + RowText.left(texts.get(1), OUTPUT)
        + "  "
        + RowText.left(texts.get(2), OUTPUT)
        + "  "
        + RowText.right(score, NUMBER)
        + parts;
  }
}
