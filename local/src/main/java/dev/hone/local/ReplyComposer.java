package dev.hone.local;

import dev.hone.json.Json;
import dev.hone.local.ReadPrompt.ReadDemo;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Answers every field that a prompt asks for, and writes the reply in the prompt's layout. */
final class ReplyComposer {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}(?::\\d{2})?(?:Z|[+-]\\d{2}:\\d{2})?)?");
  private static final ReadField ANSWER = new ReadField("answer", "text", "", Map.of());

  private final ValueAnswerer values;
  private final TextComposer texts;
  private final NearestDemo nearest;

  ReplyComposer(SentenceEmbedder embedder) {
    this.values = new ValueAnswerer(embedder);
    this.texts = new TextComposer(embedder);
    this.nearest = new NearestDemo(embedder);
  }

  String reply(ReadPrompt prompt, Chance chance) {
    if (prompt.outputs().isEmpty()) {
      return texts.compose(ANSWER, prompt, chance);
    }
    ObjectNode answers = Json.object();
    for (ReadField field : prompt.outputs()) {
      answers.set(field.name(), answer(field, prompt, chance.of(field.name())));
    }
    return prompt.json() ? Json.write(answers) : sections(answers);
  }

  private static String sections(ObjectNode answers) {
    StringBuilder text = new StringBuilder();
    answers
        .properties()
        .forEach(
            entry ->
                text.append("[[ ## ")
                    .append(entry.getKey())
                    .append(" ## ]]\n")
                    .append(
                        entry.getValue().isString()
                            ? entry.getValue().stringValue()
                            : Json.write(entry.getValue()))
                    .append("\n\n"));
    return text.append("[[ ## completed ## ]]").toString();
  }

  private JsonNode answer(ReadField field, ReadPrompt prompt, Chance chance) {
    List<String> allowed = field.allowed();
    String label = field.label();
    if (!allowed.isEmpty() && !label.startsWith("object") && !label.startsWith("map")) {
      return field.isMany()
          ? array(values.many(field, allowed, prompt, chance))
          : StringNode.valueOf(values.one(field, allowed, prompt, chance));
    }
    if (label.startsWith("true or false")) {
      String answer = values.one(field, List.of("false", "true"), prompt, chance);
      return BooleanNode.valueOf(demonstrated(field, prompt) && answer.equals("true"));
    }
    if (label.startsWith("text")) {
      return StringNode.valueOf(texts.compose(field, prompt, chance));
    }
    return nearest.value(field, prompt).orElseGet(() -> unseen(field, prompt, chance));
  }

  private static boolean demonstrated(ReadField field, ReadPrompt prompt) {
    return prompt.demos().stream().map(ReadDemo::output).anyMatch(out -> out.has(field.name()));
  }

  /** A value of a type for which there is no demo. */
  private JsonNode unseen(ReadField field, ReadPrompt prompt, Chance chance) {
    String label = field.label();
    String input = ValueAnswerer.text(prompt.input());
    if (label.startsWith("whole number") || label.startsWith("number")) {
      return number(label, input, field.isOptional());
    }
    if (label.startsWith("date") || label.startsWith("moment")) {
      Matcher date = DATE.matcher(input);
      return date.find() ? StringNode.valueOf(date.group()) : nothing(field, "1970-01-01");
    }
    if (label.startsWith("list of text") || label.startsWith("set of text")) {
      return array(Words.content(input).stream().distinct().limit(5).toList());
    }
    if (label.startsWith("list") || label.startsWith("set")) {
      return Json.array();
    }
    if (label.startsWith("object {")) {
      return object(label, prompt, chance);
    }
    return label.startsWith("map") ? Json.object() : nothing(field, "");
  }

  private static JsonNode number(String label, String input, boolean optional) {
    Matcher number = NUMBER.matcher(input);
    if (!number.find()) {
      return optional ? NullNode.getInstance() : DoubleNode.valueOf(0);
    }
    return label.startsWith("whole")
        ? BigIntegerNode.valueOf(new java.math.BigDecimal(number.group()).toBigInteger())
        : DoubleNode.valueOf(Double.parseDouble(number.group()));
  }

  private static JsonNode nothing(ReadField field, String otherwise) {
    return field.isOptional() ? NullNode.getInstance() : StringNode.valueOf(otherwise);
  }

  private JsonNode object(String label, ReadPrompt prompt, Chance chance) {
    ObjectNode object = Json.object();
    for (ReadField part : ObjectLabel.parts(label)) {
      object.set(part.name(), answer(part, prompt, chance.of(part.name())));
    }
    return object;
  }

  private static ArrayNode array(List<String> values) {
    ArrayNode array = Json.array();
    values.forEach(array::add);
    return array;
  }
}
