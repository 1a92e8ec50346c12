package dev.hone.adapter.tool;

import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How an adapter writes values into messages. Pure functions; thread-safe. */
public interface SectionLayout {
  /** What stands before the value of a section of the user's turn. */
  String open(String name);

  /** What stands after it, with the blank line that follows. */
  String close(String name);

  /** A value in a section, disguised so that it cannot be taken for anything else. */
  String value(JsonNode value, FieldType type);

  /**
   * An answer of the model, whole.
   *
   * @param values those of the fields; where one is missing, what stands for it is written
   */
  String answer(List<Field> fields, ObjectNode values);
}
