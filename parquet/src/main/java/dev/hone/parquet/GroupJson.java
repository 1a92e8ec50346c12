package dev.hone.parquet;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.VariantLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows as JSON, nested columns included.
 *
 * <p>Source: the format's description of logical types, with its rules for lists of older writers.
 */
final class GroupJson {
  private GroupJson() {}

  /** A row, or a nested column, as an object; what is null is null. */
  static ObjectNode object(Group group) {
    ObjectNode object = Json.object();
    GroupType type = group.getType();
    for (int field = 0; field < type.getFieldCount(); field++) {
      object.set(type.getFieldName(field), field(group, field));
    }
    return object;
  }

  private static JsonNode field(Group group, int field) {
    Type type = group.getType().getType(field);
    int count = group.getFieldRepetitionCount(field);
    if (type.isRepetition(Repetition.REPEATED)) {
      ArrayNode array = Json.array();
      for (int i = 0; i < count; i++) {
        array.add(value(group, field, i));
      }
      return array;
    }
    return count == 0 ? NullNode.getInstance() : value(group, field, 0);
  }

  private static JsonNode value(Group group, int field, int index) {
    Type type = group.getType().getType(field);
    if (type.isPrimitive()) {
      return PrimitiveJson.value(group, field, index);
    }
    Group nested = group.getGroup(field, index);
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof ListLogicalTypeAnnotation) {
      return list(nested, type.getName());
    } else if (logical instanceof MapLogicalTypeAnnotation
        || logical instanceof MapKeyValueTypeAnnotation) {
      return map(nested);
    } else if (logical instanceof VariantLogicalTypeAnnotation) {
      throw InvalidInputException.of(
          "The column %s holds variants, which are not read".formatted(type.getName()),
          "write it as text or JSON");
    }
    return object(nested);
  }

  private static ArrayNode list(Group list, String name) {
    ArrayNode array = Json.array();
    Type repeated = list.getType().getType(0);
    boolean wrapped = isWrapped(repeated, name);
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      array.add(wrapped ? field(list.getGroup(0, i), 0) : value(list, 0, i));
    }
    return array;
  }

  /** Whether the items stand in groups of their own; in files of older writers they do not. */
  private static boolean isWrapped(Type repeated, String list) {
    return !repeated.isPrimitive()
        && repeated.asGroupType().getFieldCount() == 1
        && !repeated.getName().equals("array")
        && !repeated.getName().equals(list + "_tuple");
  }

  private static ObjectNode map(Group map) {
    ObjectNode object = Json.object();
    for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
      Group entry = map.getGroup(0, i);
      JsonNode key = field(entry, 0);
      boolean hasValue = entry.getType().getFieldCount() > 1;
      object.set(
          key.isString() ? key.stringValue() : Json.write(key),
          hasValue ? field(entry, 1) : NullNode.getInstance());
    }
    return object;
  }
}
