package dev.hone.adapter;

import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.tool.SectionLayout;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sections marked by headers, as {@code chat/1} has them. */
class ChatLayout implements SectionLayout {
  private final String marker;

  /**
   * A layout.
   *
   * @param marker the name of the section that ends an answer
   */
  ChatLayout(String marker) {
    this.marker = marker;
  }

  @Override
  public String open(String name) {
    return HeaderText.of(name) + "\n";
  }

  @Override
  public String close(String name) {
    return "\n\n";
  }

  @Override
  public String value(JsonNode value, FieldType type) {
    return Turns.text(value, type);
  }

  @Override
  public String answer(List<Field> fields, ObjectNode values) {
    StringBuilder answer = new StringBuilder(256);
    for (Field field : fields) {
      Turns.section(answer, field, values, this);
    }
    return answer.append(HeaderText.of(marker)).toString();
  }
}
