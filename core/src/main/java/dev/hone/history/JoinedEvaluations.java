package dev.hone.history;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two evaluations joined by the ids of their examples, in whatever order they have them: on which
 * examples the second is better, worse or equal, and a table of them. For whether the difference is
 * more than luck, see {@link Evaluation#compareWith}. Immutable.
 *
 * <pre>{@code
 * System.out.println(JoinedEvaluations.of(before, after));
 * }</pre>
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the outputs
 */
public final class JoinedEvaluations<I, O> {
  private static final int TABLE_ROWS = 20;
  private static final int INPUT = 34;
  private static final int OUTPUT = 20;

  private final List<Pair<I, O>> pairs;
  private final int unpaired;

  private JoinedEvaluations(List<Pair<I, O>> pairs, int unpaired) {
    this.pairs = List.copyOf(pairs);
    this.unpaired = unpaired;
  }

  /**
   * One example in both evaluations.
   *
   * @param before its result in the first
   * @param after its result in the second
   * @param scoreBefore its score in the first, as it counts there; empty for none
   * @param scoreAfter its score in the second; empty for none
   * @param <I> the type of the input
   * @param <O> the type of the output
   */
  public record Pair<I, O>(
      ExampleResult<I, O> before,
      ExampleResult<I, O> after,
      OptionalDouble scoreBefore,
      OptionalDouble scoreAfter) {
    /** By how much the second scores higher; 0 if one of them has no score. */
    public double difference() {
      return isScored() ? scoreAfter.getAsDouble() - scoreBefore.getAsDouble() : 0;
    }

    /** Whether both have a score. */
    public boolean isScored() {
      return scoreBefore.isPresent() && scoreAfter.isPresent();
    }
  }

  /**
   * Joins two evaluations. An example that one has several times is joined as often as both have
   * it.
   *
   * @throws InvalidInputException if they have no example in common
   */
  public static <I, O> JoinedEvaluations<I, O> of(Evaluation<I, O> before, Evaluation<I, O> after) {
    Map<String, Deque<Integer>> positions = new HashMap<>();
    for (int i = 0; i < before.results().size(); i++) {
      String id = before.results().get(i).example().id();
      positions.computeIfAbsent(id, key -> new ArrayDeque<>()).add(i);
    }
    List<OptionalDouble> scoresBefore = before.scores();
    List<OptionalDouble> scoresAfter = after.scores();
    List<Pair<I, O>> pairs = new ArrayList<>();
    for (int i = 0; i < after.results().size(); i++) {
      ExampleResult<I, O> result = after.results().get(i);
      Deque<Integer> same = positions.getOrDefault(result.example().id(), new ArrayDeque<>());
      Integer at = same.poll();
      if (at != null) {
        pairs.add(
            new Pair<>(before.results().get(at), result, scoresBefore.get(at), scoresAfter.get(i)));
      }
    }
    if (pairs.isEmpty()) {
      throw InvalidInputException.of(
          "The two evaluations, of %d and %s, have no example in common"
              .formatted(before.results().size(), Plural.of(after.results().size(), "example")),
          "evaluate both programs on one dataset");
    }
    int all = before.results().size() + after.results().size();
    return new JoinedEvaluations<>(pairs, all - 2 * pairs.size());
  }

  /** All examples that both have, in the order of the second evaluation. */
  public List<Pair<I, O>> pairs() {
    return pairs;
  }

  /** The examples on which the second scores higher, those with the greatest difference first. */
  public List<Pair<I, O>> better() {
    return sorted(pair -> pair.difference() > 0);
  }

  /** The examples on which the second scores lower, those with the greatest difference first. */
  public List<Pair<I, O>> worse() {
    return sorted(pair -> pair.difference() < 0);
  }

  /** The examples on which both score the same. */
  public List<Pair<I, O>> equal() {
    return sorted(pair -> pair.isScored() && pair.difference() == 0);
  }

  /** The examples that have no score in one of the two. */
  public List<Pair<I, O>> unscored() {
    return sorted(pair -> !pair.isScored());
  }

  /** The number of results whose example the other evaluation does not have. */
  public int unpaired() {
    return unpaired;
  }

  private List<Pair<I, O>> sorted(Predicate<Pair<I, O>> which) {
    return pairs.stream()
        .filter(which)
        .sorted(Comparator.comparingDouble(pair -> -Math.abs(pair.difference())))
        .toList();
  }

  /** The table of the first 20 examples that differ; see the other one. */
  public String table() {
    return table(TABLE_ROWS);
  }

  /**
   * A table for people: a line of counts, then a line per example that is worse or better, worse
   * ones first, with the beginnings of its input, label and both outputs, and both scores.
   *
   * @param mostRows the most examples that are shown, at least 0
   */
  public String table(int mostRows) {
    SettingCheck.atLeast("mostRows", mostRows, 0);
    List<Pair<I, O>> changed = new ArrayList<>(worse());
    changed.addAll(better());
    StringBuilder table = new StringBuilder(summary());
    if (!changed.isEmpty() && mostRows > 0) {
      table.append('\n').append(row("input", "expected", "before", "after", "scores"));
    }
    changed.stream().limit(mostRows).forEach(pair -> table.append('\n').append(row(pair)));
    if (changed.size() > mostRows) {
      table.append(
          "\n(%d of %d examples that differ are shown)".formatted(mostRows, changed.size()));
    }
    return table.toString();
  }

  /** The counts, in a line. */
  private String summary() {
    return "better on %d, worse on %d, equal on %d of %s%s%s"
        .formatted(
            better().size(),
            worse().size(),
            equal().size(),
            Plural.of(pairs.size(), "example"),
            unscored().isEmpty() ? "" : ", %d without a score".formatted(unscored().size()),
            unpaired == 0 ? "" : ", %d in one evaluation only".formatted(unpaired));
  }

  private String row(Pair<I, O> pair) {
    var example = pair.after().example();
    return row(
        text(example.input()),
        example.hasLabel() ? text(example.expected()) : "",
        output(pair.before()),
        output(pair.after()),
        String.format(
            Locale.ROOT,
            "%.3f -> %.3f",
            pair.scoreBefore().orElseThrow(),
            pair.scoreAfter().orElseThrow()));
  }

  /** The values of a record's or an object's fields; of anything else, its own text. */
  private static String text(Object value) {
    return Codec.toJson(value).map(JoinedEvaluations::values).orElseGet(() -> value.toString());
  }

  private static String values(ObjectNode node) {
    return node.properties().stream()
        .map(Map.Entry::getValue)
        .map(JoinedEvaluations::value)
        .collect(Collectors.joining(", "));
  }

  private static String value(JsonNode node) {
    return node.isString() ? node.stringValue() : Json.write(node);
  }

  private static String output(ExampleResult<?, ?> result) {
    return result
        .output()
        .map(JoinedEvaluations::text)
        .or(() -> result.error().map(error -> "(" + error.getClass().getSimpleName() + ")"))
        .orElse("");
  }

  private static String row(
      String input, String expected, String before, String after, String scores) {
    return "%s  %s  %s  %s  %s"
        .formatted(
            cell(input, INPUT),
            cell(expected, OUTPUT),
            cell(before, OUTPUT),
            cell(after, OUTPUT),
            scores)
        .stripTrailing();
  }

  private static String cell(String text, int width) {
    String cut = Excerpt.ofLine(text, width);
    return cut + " ".repeat(width - cut.length());
  }

  /** The table. */
  @Override
  public String toString() {
    return table();
  }
}
