package dev.hone.local;

import dev.hone.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers in the layout that a prompt asks for. */
final class ReplyWriter {
  private ReplyWriter() {}

  /** One JSON object, sections or tags; the bare text if the prompt has no known layout. */
  static String write(ObjectNode answers, PromptContext context) {
    if (context.outputs().isEmpty()) {
      return answers.iterator().next().stringValue();
    }
    if (context.marker().equals(TagSections.MARKER)) {
      return TagSections.write(answers, context.outputs());
    }
    return context.marker().isEmpty() ? Json.write(answers) : sections(answers, context);
  }

  /** The call of a tool, in the layout that the prompt asks for. */
  static String call(AgentAnswerer.NextCall next, PromptContext context) {
    ObjectNode answers = Json.object();
    for (ParsedField field : context.outputs()) {
      if (field.type().present() instanceof ParsedType.ToolCalls) {
        answers
            .putArray(field.name())
            .addObject()
            .put("tool", next.tool())
            .set("arguments", next.arguments());
      } else {
        answers.put(field.name(), next.thought());
      }
    }
    return write(answers, context);
  }

  private static String sections(ObjectNode answers, PromptContext context) {
    StringBuilder text = new StringBuilder();
    for (ParsedField field : context.outputs()) {
      header(text, field.name()).append('\n');
      text.append(value(field, answers.get(field.name()))).append("\n\n");
    }
    return header(text, context.marker()).toString();
  }

  private static StringBuilder header(StringBuilder text, String name) {
    return text.append("[[ ## ").append(name).append(" ## ]]");
  }

  private static String value(ParsedField field, JsonNode value) {
    boolean bare = value.isString() && !(field.type().present() instanceof ParsedType.Any);
    return bare ? value.stringValue() : Json.write(value);
  }
}
