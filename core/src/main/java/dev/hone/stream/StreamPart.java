package dev.hone.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is told of a run while its replies arrive. The parts of one call of a predictor come in
 * order; where a program runs predictors beside each other, {@link #call} tells them apart. All
 * parts are immutable but for the JSON in them, which is not to be changed.
 */
public sealed interface StreamPart {
  /**
   * The predictor's name in the program; empty where it has none, as under another context that the
   * program binds, and of {@link Finished}.
   */
  String predictor();

  /** Which call of a predictor in this run, counted from 1 as they begin; 0 of {@link Finished}. */
  int call();

  /** What is told of one field. */
  sealed interface OfField extends StreamPart {
    /** The field's name in the signature. */
    String field();
  }

  /**
   * The next stretch of a text. Those of one field of a call, from the first or from the last
   * {@link Withdrawn} of it on, are the field's whole text when the call has {@link Answered}.
   *
   * @param delta the stretch, as the predictor's output has it; empty only of an empty text
   */
  record FieldText(String predictor, int call, String field, String delta) implements OfField {}

  /**
   * A field's whole value, of any type but a text; or an optional text that is absent.
   *
   * @param value what the predictor's output holds: a record's component; a plain Java value of a
   *     predictor of maps; null only for what is absent there
   * @param json the same as JSON
   */
  record FieldValue(String predictor, int call, String field, @Nullable Object value, JsonNode json)
      implements OfField {}

  /**
   * What was told of some fields of a call does not hold, since the reply turned out to mean
   * something else, or could not be read and was asked for again. What does hold follows.
   *
   * @param fields their names, in the order of the signature
   */
  record Withdrawn(String predictor, int call, List<String> fields) implements StreamPart {}

  /**
   * A predictor's call has its answer, of which every field was told.
   *
   * @param outputs all fields as JSON
   */
  record Answered(String predictor, int call, ObjectNode outputs) implements StreamPart {}

  /**
   * The program has returned; the last part.
   *
   * @param output what it returned
   */
  record Finished(Object output) implements StreamPart {
    @Override
    public String predictor() {
      return "";
    }

    @Override
    public int call() {
      return 0;
    }
  }
}
