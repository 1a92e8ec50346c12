package dev.hone.exchange.dspy;

import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The types that the values of demos show; text where there are none. */
final class DemoTypes {
  private DemoTypes() {}

  static FieldType of(List<ObjectNode> demos, String field) {
    List<JsonNode> values = new ArrayList<>();
    boolean absent = false;
    for (ObjectNode demo : demos) {
      JsonNode value = DspyDemos.key(demo, field).map(demo::get).orElse(null);
      absent |= value != null && value.isNull();
      if (value != null && !value.isNull()) {
        values.add(value);
      }
    }
    FieldType type = common(values);
    return absent ? new FieldType.OptionalOf(type) : type;
  }

  private static FieldType common(List<JsonNode> values) {
    if (values.isEmpty() || values.stream().allMatch(JsonNode::isString)) {
      return new FieldType.Text();
    } else if (values.stream().allMatch(JsonNode::isBoolean)) {
      return new FieldType.Bool();
    } else if (values.stream().allMatch(JsonNode::isIntegralNumber)) {
      return new FieldType.Whole(64);
    } else if (values.stream().allMatch(JsonNode::isNumber)) {
      return new FieldType.Decimal(false);
    } else if (values.stream().allMatch(JsonNode::isArray)) {
      List<JsonNode> items = values.stream().flatMap(DemoTypes::items).toList();
      return new FieldType.ListOf(common(items));
    }
    return new FieldType.Any();
  }

  private static Stream<JsonNode> items(JsonNode array) {
    return array.valueStream();
  }
}
