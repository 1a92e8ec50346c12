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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * MATH: problems of mathematical competitions. Read as published, a folder per subject with a JSON
 * file per problem ({@code problem}, {@code level}, {@code type}, {@code solution}), and in the
 * forms of a single file: an object per line, an array, or an export of the hub's viewer; there the
 * subject may be called {@code subject}, and the {@code answer} may be given.
 *
 * <p>The label is the answer, as given, or what the solution has in its last {@code \boxed{}}.
 * Carried along are the extras {@code solution}, {@code level} (a number where it is one), {@code
 * type} and, of a folder, {@code file}.
 *
 * <p>Source: Hendrycks et al., Measuring Mathematical Problem Solving With the MATH Dataset (2021).
 */
public final class MathProblems {
  private static final Pattern LEVEL = Pattern.compile("Level (\\d{1,2})");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int SHOWN = 60;

  private MathProblems() {}

  /**
   * The input.
   *
   * @param problem the problem, with LaTeX
   */
  public record Problem(String problem) {}

  /**
   * The label.
   *
   * @param answer the answer, in LaTeX, such as {@code \frac{1}{2}}
   */
  public record Answer(String answer) {}

  /**
   * Reads a folder with all folders in it, in the order of their names and numbers, or a file; all
   * of it is held in memory.
   *
   * @throws InvalidInputException if it cannot be read, or, as a {@link
   *     dev.hone.data.DatasetFormatException} with file, line and field, if a row has no problem,
   *     no solution, or no boxed answer
   */
  public static Dataset<Problem, Answer> read(Path path) {
    return Files.isDirectory(path) ? folder(path) : read(Source.of(path));
  }

  /** Reads a file; see {@link #read(Path)}. */
  public static Dataset<Problem, Answer> read(Source source) {
    DatasetBuilder<Problem, Answer> builder =
        DatasetBuilder.of(source.name(), signature(), Columns.asNamed());
    JsonRows.addAll(source, builder, MathProblems::row);
    return builder.build();
  }

  private static Signature<Problem, Answer> signature() {
    return Signature.of(Problem.class, Answer.class, "");
  }

  private static Dataset<Problem, Answer> folder(Path folder) {
    DatasetBuilder<Problem, Answer> builder =
        DatasetBuilder.ofRows(folder.toString(), signature(), Columns.asNamed());
    int row = 0;
    for (Path file : files(folder)) {
      row++;
      String name = folder.relativize(file).toString().replace('\\', '/');
      try {
        builder.add(row, row(object(file)).put("file", name));
      } catch (RowFault e) {
        builder.addFault(row, e.field(), "in " + name + ": " + e.problem());
      } catch (JacksonException e) {
        String problem = "in %s: not JSON: %s. Maybe the file was cut off.";
        builder.addFault(row, "", problem.formatted(name, Json.problem(e)));
      }
    }
    return builder.build();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted(Comparator.comparing(MathProblems::numbered))
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException(
          "Hone cannot list the folder %s: %s. Maybe check its permissions."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** A name that sorts 2 before 10. */
  private static String numbered(Path file) {
    return NUMBER
        .matcher(file.toString())
        .replaceAll(match -> "0".repeat(Math.max(0, 12 - match.group().length())) + match.group());
  }

  private static ObjectNode object(Path file) throws RowFault {
    JsonNode node = Json.parse(Source.of(file).text());
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new RowFault(
        "problem",
        "found %s, expected an object. Maybe read the file itself instead of its folder."
            .formatted(Excerpt.ofLine(Json.write(node), SHOWN)));
  }

  private static ObjectNode row(ObjectNode row) throws RowFault {
    ObjectNode changed = Json.object();
    RowFields.text(row, "problem");
    changed.setAll(row);
    changed.put("answer", answer(row));
    JsonNode subject = changed.remove("subject");
    if (subject != null && !changed.has("type")) {
      changed.set("type", subject);
    }
    Matcher level = LEVEL.matcher(row.path("level").asString(""));
    if (level.matches()) {
      changed.put("level", Integer.parseInt(level.group(1)));
    }
    return changed;
  }

  private static String answer(ObjectNode row) throws RowFault {
    JsonNode given = row.get("answer");
    if (given != null && given.isValueNode() && !given.asString("").isBlank()) {
      return given.asString();
    }
    String solution = RowFields.text(row, "solution");
    return BoxedAnswer.of(solution)
        .filter(answer -> !answer.isEmpty())
        .orElseThrow(
            () ->
                new RowFault(
                    "solution",
                    "found no answer in \\boxed{...}, its end is \"%s\". Maybe it was cut off."
                        .formatted(Excerpt.oneLine(Excerpt.end(solution, SHOWN)))));
  }

  /** {@link #metric(Function)} of this data set's own label. */
  public static Metric<Problem, Answer> metric() {
    return metric(Answer::answer);
  }

  /**
   * 1 if the output's answer is equivalent to the label's, else 0, by the published rules: what is
   * in the last box counts where there is one; how it is set, signs of currency, percent and
   * degrees, units, and a name before {@code =} do not; {@code \frac12}, {@code 1/2} and {@code
   * 0.5} are {@code \frac{1}{2}}. Not algebra: {@code x+1} is not {@code 1+x}.
   *
   * <p>Differs from the reference: numbers are equal by value ({@code 2.50} is {@code 2.5}, {@code
   * 1,000} is {@code 1000}), and what {@code \text} holds counts where it is no unit.
   *
   * @param getter the text of a label and of an output
   */
  public static <I, O> Metric<I, O> metric(Function<? super O, String> getter) {
    return new AnswerMetric<>("math", getter, MathProblems::compare);
  }

  /** Whether two answers are equivalent by the rules of {@link #metric(Function)}. */
  public static boolean isEquivalent(String expected, String actual) {
    return compare(expected, actual).right();
  }

  private static AnswerMetric.Verdict compare(String expected, String actual) {
    String right = MathAnswer.normal(expected);
    String found = MathAnswer.normal(actual);
    return new AnswerMetric.Verdict(right.equals(found), right, found);
  }
}
