package dev.hone.report.record;

import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.json.Json;
import dev.hone.report.data.ComparisonEntry.AnswerEntry;
import dev.hone.report.data.ComparisonEntry.ConfusionEntry;
import dev.hone.report.data.ComparisonEntry.RowEntry;
import dev.hone.row.RowFailure;
import dev.hone.signature.Codec;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The examples of one or two evaluations, as values. */
final class ComparedRows {
  /** Examples that are kept; of more, the first ones and those whose score changed. */
  private static final int MOST_ROWS = 5_000;

  private static final int MOST_CHARACTERS = 4_000;

  private final @Nullable Evaluation<?, ?> before;
  private final @Nullable Evaluation<?, ?> after;
  private final List<OptionalDouble> scoresBefore;
  private final List<OptionalDouble> scoresAfter;
  private final int size;
  private final boolean texts;

  ComparedRows(@Nullable Evaluation<?, ?> before, @Nullable Evaluation<?, ?> after, boolean texts) {
    this.texts = texts;
    this.before = before;
    this.after = sameExamples(before, after) ? after : before == null ? after : null;
    this.scoresBefore = before == null ? List.of() : before.scores();
    this.scoresAfter = this.after == null ? List.of() : this.after.scores();
    this.size = Objects.requireNonNull(before == null ? after : before).results().size();
  }

  private static boolean sameExamples(
      @Nullable Evaluation<?, ?> before, @Nullable Evaluation<?, ?> after) {
    if (before == null || after == null || before.results().size() != after.results().size()) {
      return false;
    }
    for (int i = 0; i < before.results().size(); i++) {
      String id = before.results().get(i).example().id();
      if (!id.equals(after.results().get(i).example().id())) {
        return false;
      }
    }
    return true;
  }

  List<RowEntry> rows() {
    List<RowEntry> rows = new ArrayList<>();
    int room = MOST_ROWS - Math.min(MOST_ROWS, changed());
    for (int i = 0; i < size && rows.size() < MOST_ROWS; i++) {
      if (changed(i)) {
        rows.add(row(i));
      } else if (room > 0) {
        rows.add(row(i));
        room--;
      }
    }
    return rows;
  }

  int leftOut() {
    return Math.max(0, size - MOST_ROWS);
  }

  private int changed() {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += changed(i) ? 1 : 0;
    }
    return count;
  }

  private boolean changed(int index) {
    return before != null
        && after != null
        && !scoresBefore.get(index).equals(scoresAfter.get(index));
  }

  private RowEntry row(int index) {
    Example<?, ?> example =
        Objects.requireNonNull(before == null ? after : before).results().get(index).example();
    return new RowEntry(
        index + 1,
        text(Json.write(example.inputJson())),
        example.hasLabel() ? text(Json.write(example.expectedJson())) : "",
        answer(before, scoresBefore, index),
        answer(after, scoresAfter, index));
  }

  private @Nullable AnswerEntry answer(
      @Nullable Evaluation<?, ?> evaluation, List<OptionalDouble> scores, int index) {
    if (evaluation == null) {
      return null;
    }
    ExampleResult<?, ?> result = evaluation.results().get(index);
    OptionalDouble score = scores.get(index);
    ObjectNode node = output(result);
    return new AnswerEntry(
        node == null ? "" : text(Json.write(node)),
        score.isPresent() ? score.getAsDouble() : null,
        result.outcome() instanceof Outcome.Scored<?> scored ? text(scored.score().feedback()) : "",
        result.error().map(RowFailure::words).map(this::text).orElse(""));
  }

  private static @Nullable ObjectNode output(ExampleResult<?, ?> result) {
    return result.output().flatMap(Codec::toJson).orElse(null);
  }

  private String text(String text) {
    return !texts ? "" : Excerpt.of(text, MOST_CHARACTERS);
  }

  List<ConfusionEntry> confusions() {
    Confusions confusions = new Confusions();
    for (int i = 0; i < size; i++) {
      Example<?, ?> example =
          Objects.requireNonNull(before == null ? after : before).results().get(i).example();
      if (example.hasLabel()) {
        confusions.add(
            example.expectedJson(),
            before == null ? null : output(before.results().get(i)),
            after == null ? null : output(after.results().get(i)));
      }
    }
    return confusions.entries(before != null, after != null);
  }
}
