package dev.hone.datasets;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.DatasetBuilder;
import dev.hone.data.Source;
import dev.hone.json.Json;
import dev.hone.metric.Metric;
import dev.hone.signature.Signature;
import dev.hone.text.Excerpt;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GSM8K: word problems of grade school mathematics. Its files ({@code train.jsonl}, {@code
 * test.jsonl}) have a {@code question} and an {@code answer} per line, where the answer is a worked
 * solution that ends in {@code #### 42}; an array of such objects, and an export of the hub's
 * viewer, are read too.
 *
 * <p>The number becomes the label, without commas and currency; the whole solution is the extra
 * {@code solution}. For a part of it: {@code Gsm8k.read(file).shuffled(1).first(200)}.
 *
 * <p>Source: Cobbe et al., Training Verifiers to Solve Math Word Problems (2021).
 */
public final class Gsm8k {
  /** The extra that holds the worked solution, with its marker. */
  public static final String SOLUTION = "solution";

  private static final int SHOWN = 60;

  private Gsm8k() {}

  /**
   * The input.
   *
   * @param question the problem, in words
   */
  public record Question(String question) {}

  /**
   * The label.
   *
   * @param answer the number that solves it, such as {@code 42} or {@code -1.5}
   */
  public record Answer(String answer) {}

  /** Reads a file; see {@link #read(Source)}. */
  public static Dataset<Question, Answer> read(Path file) {
    return read(Source.of(file));
  }

  /**
   * Reads a file, which is held in memory.
   *
   * @throws InvalidInputException if it cannot be read, or, as a {@link
   *     dev.hone.data.DatasetFormatException} with line and field, if a row has no question, no
   *     answer, or no number after {@code ####}
   */
  public static Dataset<Question, Answer> read(Source source) {
    return read(source, Signature.of(Question.class, Answer.class, ""));
  }

  /**
   * Reads a file as {@link #read(Source)}, into the fields {@code question} and {@code answer} of a
   * signature, such as {@code Signature.parse("question -> answer: float")}, whose answers are
   * numbers.
   */
  public static <I, O> Dataset<I, O> read(Source source, Signature<I, O> signature) {
    DatasetBuilder<I, O> builder = DatasetBuilder.of(source.name(), signature, Columns.asNamed());
    JsonRows.addAll(source, builder, Gsm8k::row);
    return builder.build();
  }

  private static ObjectNode row(ObjectNode row) throws RowFault {
    RowFields.text(row, "question");
    String solution = RowFields.text(row, "answer");
    String answer =
        NumberAnswer.afterMarker(solution)
            .map(NumberAnswer::text)
            .orElseThrow(() -> noNumber(solution));
    ObjectNode changed = Json.object();
    changed.setAll(row);
    return changed.put("answer", answer).put(SOLUTION, solution);
  }

  private static RowFault noNumber(String solution) {
    return new RowFault(
        "answer",
        "found no number after %s, its end is \"%s\". Maybe the row was cut off, or add %s and the number."
            .formatted(
                NumberAnswer.MARKER,
                Excerpt.oneLine(Excerpt.end(solution, SHOWN)),
                NumberAnswer.MARKER));
  }

  /** {@link #metric(Function)} of this data set's own label. */
  public static Metric<Question, Answer> metric() {
    return metric(Answer::answer);
  }

  /**
   * 1 if the output's number is that of the label, else 0. The number of a text is the first one
   * after its last {@code ####}, or, without that, its last one; signs of currency and commas by
   * the thousand do not count, and numbers are equal by value: {@code $1,200.00} is {@code 1200}.
   * An output without a number is wrong; a label without one throws {@link InvalidInputException}.
   *
   * <p>Differs from the reference, which compares whole numbers without sign and cuts decimals off:
   * -5 is not 5, and 2.5 is not 2.
   *
   * @param getter the text, or the number, of a label and of an output
   */
  public static <I, O> Metric<I, O> metric(Function<? super O, ?> getter) {
    return new AnswerMetric<>("gsm8k", getter.andThen(Gsm8k::text), Gsm8k::compare);
  }

  /** As {@link #metric(Function)}, of the field of this name of a dynamic signature. */
  public static <I> Metric<I, ObjectNode> metric(String field) {
    return metric((ObjectNode output) -> output.path(field));
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof JsonNode node && node.isNumber()) {
      return node.decimalValue().toPlainString();
    }
    return value instanceof JsonNode node ? node.asString("") : String.valueOf(value);
  }

  private static AnswerMetric.Verdict compare(String expected, String actual) {
    BigDecimal right =
        NumberAnswer.of(expected)
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "The label \"%s\" has no number".formatted(Excerpt.ofLine(expected, SHOWN)),
                        "use a metric for texts, such as Metric.answerExactMatch"));
    Optional<BigDecimal> found = NumberAnswer.of(actual);
    return new AnswerMetric.Verdict(
        found.filter(value -> value.compareTo(right) == 0).isPresent(),
        NumberAnswer.text(right),
        found.map(NumberAnswer::text).orElse("no number"));
  }
}
