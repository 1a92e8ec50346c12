package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.coerce.JavaValues;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The earlier exchanges of a conversation, oldest first: what was asked and what was answered. As a
 * component of an input record, or {@code history} in the string form of a signature, it is shown
 * to the model as turns of the conversation before the question. Immutable and thread-safe; equal
 * exchanges, equal histories.
 *
 * <pre>{@code
 * record Question(ChatHistory before, String question) {}
 * record Answer(String answer) {}
 *
 * ChatHistory history = ChatHistory.empty();
 * Question first = new Question(history, "Who wrote Dubliners?");
 * Answer answer = qa.run(first);
 * history = history.plus(first, answer);
 * }</pre>
 *
 * <p>There is no limit on its length but the model's window; {@link #last} cuts it.
 */
public final class ChatHistory {
  private static final ChatHistory EMPTY = new ChatHistory(List.of());

  private final List<Exchange> exchanges;

  private ChatHistory(List<Exchange> exchanges) {
    this.exchanges = exchanges;
  }

  /**
   * What was asked and what was answered, by the names of fields; never changed.
   *
   * @param inputs what was asked
   * @param outputs what was answered
   */
  public record Exchange(ObjectNode inputs, ObjectNode outputs) {}

  /** A conversation that has not begun. */
  public static ChatHistory empty() {
    return EMPTY;
  }

  /**
   * A copy with one more exchange at the end.
   *
   * @param input what was asked: a record, a JSON object, or a map of plain values by names. A
   *     history in it is left out, since it is the one before
   * @param output what was answered, likewise
   * @throws InvalidInputException if one is null, empty or anything else
   */
  public ChatHistory plus(Object input, Object output) {
    List<Exchange> more = new ArrayList<>(exchanges);
    more.add(new Exchange(json(input, "input"), json(output, "output")));
    return new ChatHistory(List.copyOf(more));
  }

  private static ObjectNode json(@Nullable Object value, String role) {
    ObjectNode node = object(value, role);
    if (node.isEmpty()) {
      throw InvalidInputException.of(
          "The %s of an exchange has no values".formatted(role),
          "pass the record that the program took or returned");
    }
    return node;
  }

  private static ObjectNode object(@Nullable Object value, String role) {
    if (value instanceof Map<?, ?> map && !(value instanceof JsonNode)) {
      try {
        return (ObjectNode) JavaValues.toJson(withoutHistories(map), role);
      } catch (TypeMismatchException e) {
        throw new InvalidInputException(
            "The %s of an exchange cannot be carried: %s. Maybe pass plain values."
                .formatted(role, e.getMessage()),
            e);
      }
    }
    ObjectNode node =
        value == null ? null : Codec.toCompleteJson(value, role + " of an exchange").orElse(null);
    if (node == null) {
      throw InvalidInputException.of(
          "The %s of an exchange is %s, expected a record, a JSON object or a map"
              .formatted(role, value == null ? "null" : "a " + value.getClass().getName()),
          "pass the record that the program took or returned");
    }
    if (value instanceof Record) {
      Codec.ofRecord(value.getClass()).fields().stream()
          .filter(field -> isHistory(field.type()))
          .map(Field::name)
          .forEach(node::remove);
    }
    return node;
  }

  private static boolean isHistory(FieldType type) {
    return type.withoutOptional() instanceof FieldType.Message message
        && message.kind() == MessageKind.HISTORY;
  }

  private static Map<Object, Object> withoutHistories(Map<?, ?> map) {
    Map<Object, Object> rest = new LinkedHashMap<>(map);
    rest.values().removeIf(ChatHistory.class::isInstance);
    return rest;
  }

  /**
   * A copy with the last exchanges only.
   *
   * @param count at most how many, at least 0
   */
  public ChatHistory last(int count) {
    if (count < 0) {
      throw InvalidInputException.of(
          "The number of exchanges to keep is " + count, "pass 0 or more");
    }
    int from = Math.max(0, exchanges.size() - count);
    return new ChatHistory(exchanges.subList(from, exchanges.size()));
  }

  /** The exchanges, oldest first. */
  public List<Exchange> exchanges() {
    return exchanges;
  }

  /** The exchanges as a JSON array of objects with {@code inputs} and {@code outputs}. */
  public ArrayNode toJson() {
    ArrayNode array = Json.array();
    for (Exchange exchange : exchanges) {
      ObjectNode node = array.addObject();
      node.set("inputs", exchange.inputs());
      node.set("outputs", exchange.outputs());
    }
    return array;
  }

  /**
   * The history of the JSON that {@link #toJson} writes.
   *
   * @throws InvalidInputException if it is of another form
   */
  public static ChatHistory ofJson(JsonNode array) {
    List<Exchange> exchanges = new ArrayList<>();
    for (JsonNode node : array) {
      if (!(node.path("inputs") instanceof ObjectNode inputs)
          || !(node.path("outputs") instanceof ObjectNode outputs)) {
        throw InvalidInputException.of(
            "A history has %s, expected an object with inputs and outputs, each an object"
                .formatted(Excerpt.of(Json.write(node), 80)),
            "write it with ChatHistory.toJson");
      }
      exchanges.add(new Exchange(inputs, outputs));
    }
    return new ChatHistory(List.copyOf(exchanges));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatHistory history && history.exchanges.equals(exchanges);
  }

  @Override
  public int hashCode() {
    return exchanges.hashCode();
  }

  /** One line, such as {@code ChatHistory[3 exchanges]}. */
  @Override
  public String toString() {
    return "ChatHistory[" + Plural.of(exchanges.size(), "exchange") + "]";
  }
}
