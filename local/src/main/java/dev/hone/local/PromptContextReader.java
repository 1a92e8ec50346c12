package dev.hone.local;

import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.local.PromptContext.ParsedDemo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads what comes before the input of a conversation: the system message and the demos. */
final class PromptContextReader {
  /** The newest demos are read, the others forgotten, as by a model with a small window. */
  static final int MOST_DEMOS = 512;

  private static final Pattern TASK = Pattern.compile("(?m)^Your task:$");
  private static final String NOT_GIVEN = "(not given in this example)";

  private PromptContextReader() {}

  /** The context of a system message, without demos. */
  static PromptContext ofSystem(String text) {
    String[] parts = TASK.split(text, 2);
    List<String> lines = parts[0].lines().toList();
    List<ParsedField> outputs = FieldReader.below("Output fields:", lines);
    return new PromptContext(
        PromptSections.last(parts[0]),
        FieldReader.below("Input fields:", lines),
        outputs,
        outputs.isEmpty() ? text.strip() : parts.length < 2 ? "" : parts[1].strip(),
        List.of());
  }

  /** The context with its demos: pairs of a question and its answer. */
  static PromptContext withDemos(PromptContext context, List<LmMessage> turns) {
    List<ParsedDemo> demos = new ArrayList<>();
    for (int i = 1; i < turns.size(); i++) {
      LmMessage question = turns.get(i - 1);
      LmMessage answer = turns.get(i);
      if (question.role() == Role.USER && answer.role() == Role.ASSISTANT) {
        demos.add(new ParsedDemo(input(question.text()), output(context, answer.text())));
      }
    }
    return context.with(demos.subList(Math.max(0, demos.size() - MOST_DEMOS), demos.size()));
  }

  /** The input fields' texts of a question; the whole text if it has no sections. */
  static Map<String, String> input(String question) {
    Map<String, String> sections = PromptSections.in(PromptSections.withoutAsk(question));
    return sections.isEmpty() ? Map.of("", question.strip()) : sections;
  }

  private static ObjectNode output(PromptContext context, String answer) {
    Map<String, String> sections = PromptSections.in(answer);
    ObjectNode whole = sections.isEmpty() && json(answer) instanceof ObjectNode o ? o : null;
    ObjectNode output = Json.object();
    for (ParsedField field : context.outputs()) {
      String text = sections.getOrDefault(field.name(), NOT_GIVEN);
      JsonNode value = whole == null ? value(field, text) : whole.get(field.name());
      boolean given = value != null && !(value.isString() && value.asString().equals(NOT_GIVEN));
      if (given) {
        output.set(field.name(), value);
      }
    }
    return output;
  }

  private static JsonNode value(ParsedField field, String text) {
    if (field.type().isOptional() && text.equals("null")) {
      return NullNode.getInstance();
    }
    return field.type().isBare() ? StringNode.valueOf(text) : json(text);
  }

  /** The JSON that a text is; the text itself where it is not JSON. */
  private static JsonNode json(String text) {
    try {
      return Json.parse(text.strip());
    } catch (JacksonException e) {
      return StringNode.valueOf(text);
    }
  }
}
