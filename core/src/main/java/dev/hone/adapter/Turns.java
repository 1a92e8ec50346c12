package dev.hone.adapter;

import dev.hone.InvalidInputException;
import dev.hone.adapter.frame.HeaderText;
import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The turns of a conversation: demos with missing outputs, whole demos, then the input. */
final class Turns {
  /** What stands for an output that a demo lacks. */
  static final String NOT_GIVEN = "(not given in this example)";

  private static final int SHOWN_CHARS = 120;

  private Turns() {}

  /** All messages of a prompt. */
  static List<LmMessage> of(
      Prompt prompt, String system, String ask, Function<ObjectNode, String> answer) {
    List<Field> inputs = prompt.signature().inputFields();
    List<LmMessage> messages = new ArrayList<>(2 * prompt.demos().size() + 2);
    messages.add(LmMessage.system(system + prompt.instructions()));
    List<LmMessage> whole = new ArrayList<>(2 * prompt.demos().size());
    for (Demo demo : prompt.demos()) {
      boolean complete = given(prompt, demo) == prompt.signature().outputFields().size();
      List<LmMessage> turns = complete ? whole : messages;
      turns.add(LmMessage.user(question(inputs, demo.inputs(), "demo", ask)));
      turns.add(LmMessage.assistant(answer.apply(demo.outputs())));
    }
    messages.addAll(whole);
    messages.add(LmMessage.user(question(inputs, prompt.input(), "input", ask)));
    return messages;
  }

  private static int given(Prompt prompt, Demo demo) {
    List<Field> outputs = prompt.signature().outputFields();
    int given = 0;
    for (Field field : outputs) {
      given += isGiven(field, demo.outputs()) ? 1 : 0;
    }
    if (given == 0) {
      throw InvalidInputException.of(
          "A demo has a value for none of the output fields %s, its outputs are %s"
              .formatted(names(outputs), shortened(demo.outputs())),
          "give it an output, or leave the demo out");
    }
    return given;
  }

  /** Whether an object has a value for a field; an absent optional is a value. */
  static boolean isGiven(Field field, ObjectNode values) {
    JsonNode value = values.get(field.name());
    return value != null && (!value.isNull() || mayBeNull(field.type()));
  }

  private static boolean mayBeNull(FieldType type) {
    return type instanceof FieldType.OptionalOf || type instanceof FieldType.Any;
  }

  private static String question(List<Field> inputs, ObjectNode values, String where, String ask) {
    StringBuilder text = new StringBuilder(256);
    for (Field field : inputs) {
      if (!isGiven(field, values)) {
        throw InvalidInputException.of(
            "The %s has no value for \"%s\", expected %s; it is %s"
                .formatted(where, field.name(), field.type().label(), shortened(values)),
            "give it all of " + names(inputs));
      }
      section(text, field, values);
    }
    return text.append(ask).toString();
  }

  /** Writes one section with its value, and a blank line. */
  static void section(StringBuilder text, Field field, ObjectNode values) {
    text.append("[[ ## ").append(field.name()).append(" ## ]]\n");
    text.append(isGiven(field, values) ? text(values.get(field.name()), field.type()) : NOT_GIVEN);
    text.append("\n\n");
  }

  /** A value as it stands in a section: texts and scalars bare, everything else as JSON. */
  static String text(JsonNode value, FieldType type) {
    if (value.isString() && !(type instanceof FieldType.Any)) {
      return HeaderText.disguise(value.stringValue());
    }
    if (value.isNull()) {
      return "null";
    }
    return value.isNumber() || value.isBoolean()
        ? value.asString()
        : HeaderText.disguiseJson(Json.write(value));
  }

  private static String shortened(ObjectNode values) {
    return Excerpt.of(Json.write(values), SHOWN_CHARS);
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::name).toList();
  }
}
