package dev.hone.adapter.tool;

import dev.hone.lm.ToolSpec;
import dev.hone.text.Excerpt;
import dev.hone.type.FieldType;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The list of tools in a system message. */
public final class ToolList {
  private static final FieldType TEXT = new FieldType.Text();

  private ToolList() {}

  /** The list with its heading, each tool on a line with those of its parameters below it. */
  public static String of(List<ToolSpec> tools, SectionLayout layout) {
    StringBuilder text = new StringBuilder("Tools:\n");
    for (ToolSpec tool : tools) {
      ObjectNode schema = tool.parameters();
      text.append("- `").append(tool.name()).append("` ");
      text.append(line(new SchemaShape(schema).shape(), layout));
      described(text, tool.description(), layout);
      parameters(text, schema, layout);
    }
    return text.toString();
  }

  private static void parameters(StringBuilder text, ObjectNode schema, SectionLayout layout) {
    for (var parameter : schema.path("properties").properties()) {
      JsonNode description = parameter.getValue().path("description");
      if (description.isString() && !description.stringValue().isBlank()) {
        text.append("    - `").append(line(parameter.getKey(), layout)).append('`');
        described(text, description.stringValue(), layout);
      }
    }
  }

  private static void described(StringBuilder text, String description, SectionLayout layout) {
    text.append(description.isBlank() ? "" : ": " + line(description, layout)).append('\n');
  }

  private static String line(String text, SectionLayout layout) {
    return layout.value(StringNode.valueOf(Excerpt.oneLine(text)), TEXT);
  }
}
