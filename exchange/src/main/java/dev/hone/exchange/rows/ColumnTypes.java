package dev.hone.exchange.rows;

import dev.hone.type.FieldType;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The type that the values of a column have in JSON; a text is never read as something else. */
final class ColumnTypes {
  private ColumnTypes() {}

  static FieldType of(List<JsonNode> values) {
    if (values.isEmpty() || values.stream().allMatch(JsonNode::isString)) {
      return new FieldType.Text();
    } else if (values.stream().allMatch(JsonNode::isBoolean)) {
      return new FieldType.Bool();
    } else if (values.stream().allMatch(JsonNode::isIntegralNumber)) {
      return new FieldType.Whole(64);
    } else if (values.stream().allMatch(JsonNode::isNumber)) {
      return new FieldType.Decimal(false);
    } else if (values.stream().allMatch(JsonNode::isArray)) {
      return new FieldType.ListOf(of(values.stream().flatMap(JsonNode::valueStream).toList()));
    }
    return new FieldType.Any();
  }
}
