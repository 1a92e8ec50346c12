package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.lm.MessagePart;
import dev.hone.lm.media.MediaJson;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.Message;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The fields that are parts or turns of the conversation: how they are bound, where they may be.
 */
final class MessageFields {
  private MessageFields() {}

  /** The bindings of the Java classes of such fields. */
  static Map<Class<?>, TypeBinding> bindings() {
    return Map.of(
        MessagePart.Image.class,
        new TypeBinding(
            new Message(MessageKind.IMAGE),
            value -> MediaJson.of((MessagePart.Image) value),
            (node, path) -> read(MediaJson::image, node, path)),
        MessagePart.File.class,
        new TypeBinding(
            new Message(MessageKind.FILE),
            value -> MediaJson.of((MessagePart.File) value),
            (node, path) -> read(MediaJson::file, node, path)),
        ChatHistory.class,
        new TypeBinding(
            new Message(MessageKind.HISTORY),
            value -> ((ChatHistory) value).toJson(),
            (node, path) -> read(ChatHistory::ofJson, node, path)));
  }

  private interface Maker {
    Object of(JsonNode node);
  }

  private static Object read(Maker maker, JsonNode node, String path) {
    try {
      return maker.of(node);
    } catch (InvalidInputException e) {
      throw new TypeMismatchException(path, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Refuses an output that a reply cannot hold, and an input that a prompt cannot show.
   *
   * @throws InvalidInputException naming the field
   */
  static void check(List<Field> inputs, List<Field> outputs) {
    for (Field field : inputs) {
      FieldType type = field.type().withoutOptional();
      FieldType item = type instanceof ListOf list ? list.item().withoutOptional() : type;
      if (item instanceof Message message && message.kind().isMedia()) {
        continue;
      }
      if (field.type() instanceof Message message && message.kind() != MessageKind.TOOL_CALLS) {
        once(message.kind(), inputs);
        continue;
      }
      refuse(
          field,
          "input",
          "make it a component of the input record itself, neither optional nor within another");
    }
    for (Field field : outputs) {
      if (!(field.type() instanceof Message message) || message.kind() != MessageKind.TOOL_CALLS) {
        refuse(
            field, "output", "make it an input; what a model answers is text, numbers and records");
      }
    }
  }

  private static void once(MessageKind kind, List<Field> inputs) {
    List<String> same =
        inputs.stream()
            .filter(field -> field.type() instanceof Message other && other.kind() == kind)
            .map(Field::name)
            .toList();
    if (same.size() > 1) {
      throw InvalidInputException.of(
          "The signature has the inputs %s, each a %s".formatted(same, kind.label()),
          "keep one, since a conversation has one");
    }
  }

  private static void refuse(Field field, String side, String fix) {
    within(field.type())
        .filter(Message.class::isInstance)
        .findFirst()
        .ifPresent(
            type -> {
              throw InvalidInputException.of(
                  "The %s \"%s\" is or holds a value of the type %s, which cannot be there"
                      .formatted(side, field.name(), type.label()),
                  fix);
            });
  }

  private static Stream<FieldType> within(FieldType type) {
    FieldType present = type.withoutOptional();
    if (present instanceof ListOf list) {
      return within(list.item());
    } else if (present instanceof SetOf set) {
      return within(set.item());
    } else if (present instanceof MapOf map) {
      return within(map.value());
    }
    return present instanceof ObjectOf object
        ? object.fields().stream().flatMap(field -> within(field.type()))
        : Stream.of(present);
  }
}
