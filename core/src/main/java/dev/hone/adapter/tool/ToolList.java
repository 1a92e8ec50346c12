package dev.hone.adapter.tool;

import dev.hone.lm.ToolSpec;
import dev.hone.text.Excerpt;
import dev.hone.type.FieldType;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/** The list of tools in a system message. */
public final class ToolList {
  private static final FieldType TEXT = new FieldType.Text();

  private ToolList() {}

  /** The list with its heading, each tool on a line with those of its parameters below it. */
  public static String of(List<ToolSpec> tools, SectionLayout layout) {
    StringBuilder text = new StringBuilder("Tools:\n");
    for (ToolSpec tool : tools) {
      SchemaShape schema = new SchemaShape(tool.parameters());
      text.append("- `").append(tool.name()).append("` ").append(line(schema.shape(), layout));
      described(text, tool.description(), layout);
      for (SchemaShape.Part part : schema.parts()) {
        text.append("    - `").append(line(part.path(), layout)).append('`');
        if (!part.notes().isEmpty()) {
          text.append(" (").append(line(String.join(", ", part.notes()), layout)).append(')');
        }
        described(text, part.description(), layout);
      }
    }
    return text.toString();
  }

  private static void described(StringBuilder text, String description, SectionLayout layout) {
    text.append(description.isBlank() ? "" : ": " + line(description, layout)).append('\n');
  }

  private static String line(String text, SectionLayout layout) {
    return layout.value(StringNode.valueOf(Excerpt.oneLine(text)), TEXT);
  }
}
