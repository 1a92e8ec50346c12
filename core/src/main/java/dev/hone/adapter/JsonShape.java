package dev.hone.adapter;

import dev.hone.adapter.turn.PromptText;
import dev.hone.coerce.JsonSchema;
import dev.hone.coerce.Wrappers;
import dev.hone.text.Excerpt;
import dev.hone.text.Interrupts;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which of a JSON object's members are outputs, and which other objects within it have them too.
 */
final class JsonShape {
  private static final int MAX_DEPTH = 8;

  /** The members of a schema that models put into words of their own. */
  private static final Set<String> REWORDED = Set.of("title", "description");

  private static final int SHOWN_CHARS = 80;

  private final PromptText prompt;

  JsonShape(PromptText prompt) {
    this.prompt = prompt;
  }

  /** The first output that must be there and is not, or null. */
  @Nullable Field missing(ObjectNode object) {
    for (Field field : prompt.outputs()) {
      if (!(field.type() instanceof FieldType.OptionalOf) && !has(object, field)) {
        return field;
      }
    }
    return hasAny(object) ? null : prompt.outputs().get(0);
  }

  /** Whether an object has any of the outputs. */
  boolean hasAny(ObjectNode object) {
    for (Field field : prompt.outputs()) {
      if (object.has(field.name())) {
        return true;
      }
    }
    for (String key : object.propertyNames()) {
      String name = prompt.names().find(key);
      if (name != null && isOutput(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean has(ObjectNode object, Field field) {
    if (object.has(field.name())) {
      return true;
    }
    for (String key : object.propertyNames()) {
      if (field.name().equals(prompt.names().find(key))) {
        return true;
      }
    }
    return false;
  }

  /** The object inside of the objects with a single key that some models put around it. */
  ObjectNode unwrapped(ObjectNode object) {
    ObjectNode inner = Wrappers.unwrapped(object, this::inside);
    return inner != null && hasAny(inner) ? inner : object;
  }

  private @Nullable ObjectNode inside(ObjectNode object) {
    if (object.size() != 1 || suits(object)) {
      return object;
    }
    return object.iterator().next() instanceof ObjectNode inner ? inner : null;
  }

  /** Whether an object has all fields that must be there, and no object for a text. */
  private boolean suits(ObjectNode object) {
    return missing(object) == null
        && prompt.outputs().stream()
            .noneMatch(f -> f.type() instanceof FieldType.Text && object.path(f.name()).isObject());
  }

  /** An optional output that an object has and none of some others has; null if there is none. */
  @Nullable Field given(ObjectNode object, List<ObjectNode> others) {
    for (Field field : prompt.outputs()) {
      boolean lacking = others.stream().noneMatch(other -> has(unwrapped(other), field));
      if (lacking && has(object, field) && !object.path(field.name()).isNull()) {
        return field;
      }
    }
    return null;
  }

  /**
   * Refuses an answer in whose other members, after the outputs, another one stands, or that has an
   * optional output's name misspelt.
   */
  void refuseOthers(ObjectNode object) {
    ObjectNode answer = unwrapped(object);
    List<Field> lacking = prompt.outputs().stream().filter(field -> !has(answer, field)).toList();
    boolean begun = false;
    int seen = 0;
    for (Map.Entry<String, JsonNode> member : answer.properties()) {
      Interrupts.check(++seen);
      String name = prompt.names().find(member.getKey());
      begun |= name != null && isOutput(name);
      if (name == null) {
        refuseMisspelt(lacking, member.getKey());
        ObjectNode other = begun ? answerIn(member.getValue(), answer, 0) : null;
        if (other != null) {
          throw several(answer, other);
        }
      }
    }
  }

  private static void refuseMisspelt(List<Field> lacking, String key) {
    for (Field field : lacking) {
      if (NearestName.isMisspelt(key, field.name())) {
        throw new ReplyFormatException(
            field.name(),
            "The reply's JSON object has no key \"%s\", but \"%s\", which may be it."
                .formatted(field.name(), Excerpt.ofLine(key, SHOWN_CHARS)));
      }
    }
  }

  /** Refuses a value in which two answers stand that differ. */
  void refuseSeveral(JsonNode value) {
    ObjectNode one = answerIn(value, null, 0);
    if (one == null) {
      return;
    }
    ObjectNode other = answerIn(value, one, 0);
    if (other != null) {
      throw several(one, other);
    }
  }

  private static ReplyFormatException several(ObjectNode one, ObjectNode other) {
    return new ReplyFormatException("", AnswerChoice.twoReadings(one, other));
  }

  /** The first object in a value that has all outputs that must be there, and differs. */
  private @Nullable ObjectNode answerIn(JsonNode value, @Nullable ObjectNode known, int depth) {
    if (value instanceof ObjectNode object && missing(object) == null && isAnswer(object)) {
      return known == null || differs(object, known) ? object : null;
    }
    if (!value.isContainer() || depth == MAX_DEPTH) {
      return null;
    }
    for (JsonNode inner : value) {
      ObjectNode found = answerIn(inner, known, depth + 1);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Whether the outputs are values, and not their schemas. */
  private boolean isAnswer(ObjectNode object) {
    return prompt.outputs().stream()
        .map(field -> object.path(field.name()))
        .noneMatch(value -> value.isObject() && (value.has("type") || value.has("$ref")));
  }

  /**
   * Whether an object repeats the schema that is sent for a field, or a part of it with its type.
   */
  static boolean isSchema(Field field, JsonNode value) {
    if (!value.isObject() || !value.has("type")) {
      return false;
    }
    JsonNode sent = JsonSchema.of(List.of(field)).path("properties").path(field.name());
    return value.properties().stream()
        .filter(member -> !REWORDED.contains(member.getKey()))
        .allMatch(member -> member.getValue().equals(sent.get(member.getKey())));
  }

  private boolean differs(ObjectNode one, ObjectNode other) {
    return prompt.outputs().stream()
        .anyMatch(field -> !one.path(field.name()).equals(other.path(field.name())));
  }

  private boolean isOutput(String name) {
    return prompt.names().outputs().containsKey(name);
  }
}
