package dev.hone.adapter;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.coerce.Wrappers;
import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the output fields out of replies of either form. */
final class Replies {
  private static final int SHOWN_CHARS = 80;

  private Replies() {}

  /** Reads the values out of the sections of a reply. */
  static ObjectNode fromSections(Sections sections, PromptText prompt) {
    ObjectNode result = Json.object();
    for (Field field : prompt.outputs()) {
      String raw = sections.get(field.name());
      if (raw == null && !(sections.ended() && field.type() instanceof FieldType.OptionalOf)) {
        throw missing(field, sections);
      }
      result.set(field.name(), raw == null ? NullNode.getInstance() : fromText(field, raw));
    }
    return result;
  }

  private static JsonNode fromText(Field field, String raw) {
    try {
      return Coercion.text(field, HeaderText.reveal(raw), field.name());
    } catch (TypeMismatchException e) {
      throw unfit(e);
    }
  }

  private static ReplyFormatException missing(Field field, Sections sections) {
    return new ReplyFormatException(
        field.name(),
        "The reply has no section %s, only %s%s."
            .formatted(
                field.name(),
                String.join(", ", sections.seen()),
                sections.ended() ? "" : ", and it lacks the marker that ends it"));
  }

  private static ReplyFormatException unfit(TypeMismatchException e) {
    return new ReplyFormatException(e.path(), String.valueOf(e.getMessage()));
  }

  /**
   * Reads the values out of the JSON object of a reply. Of several that have all keys, the last
   * whose values fit counts, since those before it are drafts and examples; but where the reply
   * begins with an object the first counts, since models go on after their answer.
   *
   * @return empty if the reply has no JSON object with any of the keys
   */
  static Optional<ObjectNode> fromJson(String reply, PromptText prompt) {
    List<ObjectNode> objects =
        LenientJson.readObjects(
            reply, object -> missing(withoutFillers(unwrapped(object, prompt)), prompt) == null);
    List<ObjectNode> bestFirst = new ArrayList<>(objects);
    if (!reply.strip().startsWith("{")) {
      Collections.reverse(bestFirst);
    }
    ReplyFormatException unfit = null;
    for (ObjectNode object : bestFirst) {
      try {
        return Optional.of(coerced(withoutFillers(unwrapped(object, prompt)), prompt));
      } catch (ReplyFormatException e) {
        unfit = unfit == null ? e : unfit;
      }
    }
    if (unfit != null) {
      throw unfit;
    }
    return fromBestJson(reply, prompt);
  }

  /** Reads the values out of the object that is nearest to what was asked for. */
  private static Optional<ObjectNode> fromBestJson(String reply, PromptText prompt) {
    Optional<LenientJson.Reading> reading =
        LenientJson.readObject(reply, object -> missing(unwrapped(object, prompt), prompt) == null);
    if (reading.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode object = withoutFillers(unwrapped((ObjectNode) reading.get().value(), prompt));
    if (!hasAny(object, prompt)) {
      return Optional.empty();
    }
    if (reading.get().truncated()) {
      throw new ReplyFormatException(
          "", "The reply's JSON object ends before it is complete: " + tail(reply) + ".");
    }
    Field missing = missing(object, prompt);
    if (missing != null) {
      throw new ReplyFormatException(
          missing.name(),
          "The reply's JSON object has no key \"%s\", only the keys %s."
              .formatted(missing.name(), String.join(", ", object.propertyNames())));
    }
    return Optional.of(coerced(object, prompt));
  }

  private static ObjectNode coerced(ObjectNode object, PromptText prompt) {
    try {
      return Coercion.object(prompt.outputs(), object, "");
    } catch (TypeMismatchException e) {
      throw unfit(e);
    }
  }

  /** The object without the values that were copied from what fills incomplete demos. */
  private static ObjectNode withoutFillers(ObjectNode object) {
    List<String> fillers =
        object.properties().stream()
            .filter(entry -> entry.getValue().isString())
            .filter(entry -> entry.getValue().stringValue().equals(Turns.NOT_GIVEN))
            .map(Map.Entry::getKey)
            .toList();
    return fillers.isEmpty() ? object : object.deepCopy().remove(fillers);
  }

  /** The first output that must be there and is not, or null. */
  private static @Nullable Field missing(ObjectNode object, PromptText prompt) {
    for (Field field : prompt.outputs()) {
      if (!(field.type() instanceof FieldType.OptionalOf) && !has(object, field, prompt)) {
        return field;
      }
    }
    return hasAny(object, prompt) ? null : prompt.outputs().get(0);
  }

  private static boolean hasAny(ObjectNode object, PromptText prompt) {
    return prompt.outputs().stream().anyMatch(field -> has(object, field, prompt));
  }

  private static boolean has(ObjectNode object, Field field, PromptText prompt) {
    return object.has(field.name())
        || object.propertyNames().stream()
            .anyMatch(key -> field.name().equals(prompt.names().find(key)));
  }

  /** The object inside of the objects with a single key that some models put around it. */
  private static ObjectNode unwrapped(ObjectNode object, PromptText prompt) {
    ObjectNode inner = Wrappers.unwrapped(object, node -> inside(node, prompt));
    return inner != null && hasAny(inner, prompt) ? inner : object;
  }

  private static @Nullable ObjectNode inside(ObjectNode object, PromptText prompt) {
    if (object.size() != 1 || suits(object, prompt)) {
      return object;
    }
    return object.iterator().next() instanceof ObjectNode inner ? inner : null;
  }

  /** Whether an object has all fields that must be there, and no object for a text. */
  private static boolean suits(ObjectNode object, PromptText prompt) {
    return missing(object, prompt) == null
        && prompt.outputs().stream()
            .noneMatch(f -> f.type() instanceof FieldType.Text && object.path(f.name()).isObject());
  }

  /** Reads a reply that is nothing but the value of the only output, if that is not free text. */
  static Optional<ObjectNode> bare(String reply, PromptText prompt) {
    List<Field> outputs = prompt.outputs();
    if (outputs.size() > 1 || !isDistinctive(outputs.get(0).type())) {
      return Optional.empty();
    }
    Field field = outputs.get(0);
    try {
      ObjectNode result = Json.object();
      result.set(field.name(), Coercion.text(field, reply.strip(), field.name()));
      return Optional.of(result);
    } catch (TypeMismatchException e) {
      return Optional.empty();
    }
  }

  /** Whether only few texts are values of the type, so that such a text was meant as one. */
  private static boolean isDistinctive(FieldType type) {
    return type instanceof FieldType.Choice
        || type instanceof FieldType.Whole
        || type instanceof FieldType.Decimal
        || type instanceof FieldType.Bool
        || type instanceof FieldType.Temporal;
  }

  /**
   * The error for a reply that has nothing of what was asked for.
   *
   * @param reply the whole reply
   * @param answer the reply without its reasoning
   */
  static ReplyFormatException nothing(String reply, String answer, String expected) {
    if (answer.isBlank()) {
      String found = reply.isBlank() ? "is empty" : "ends within its thoughts";
      return new ReplyFormatException("", "The reply " + found + ", expected " + expected + ".");
    }
    return new ReplyFormatException(
        "",
        "The reply has no %s; it begins with \"%s\"."
            .formatted(expected, Excerpt.ofLine(answer, SHOWN_CHARS)));
  }

  static String expectedSections(PromptText prompt, Sections sections) {
    String expected =
        prompt.outputs().stream()
            .map(Field::name)
            .collect(Collectors.joining(", ", "section with the header of ", ""));
    return sections.seen().isEmpty()
        ? expected
        : expected + ", only the sections " + String.join(", ", sections.seen());
  }

  private static String tail(String text) {
    return "its end is \"" + Excerpt.end(Excerpt.singleSpaced(text), SHOWN_CHARS - 1) + "\"";
  }
}
