package dev.hone.adapter.partial;

import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was shown of each field of one call, and what remains to be shown. */
final class ShownFields {
  private final FieldSink.Call sink;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  ShownFields(FieldSink.Call sink, List<Field> outputs) {
    this.sink = sink;
    outputs.forEach(field -> fields.put(field.name(), field));
  }

  /** Whether a field is told by stretches. */
  static boolean isText(Field field) {
    return field.type().withoutOptional() instanceof FieldType.Text;
  }

  /** The call's own field of a name, which a prompt may have with another type. */
  @Nullable Field own(String name) {
    return fields.get(name);
  }

  boolean isEmpty() {
    return texts.isEmpty() && values.isEmpty();
  }

  /** Shows the next stretch of a text. */
  void text(String name, String delta) {
    if (fields.containsKey(name) && !values.containsKey(name)) {
      texts.computeIfAbsent(name, key -> new StringBuilder()).append(delta);
      sink.text(name, delta);
    }
  }

  /** Shows a value, unless the field cannot be null. */
  void value(String name, JsonNode value) {
    Field field = fields.get(name);
    boolean fits =
        field != null && (!value.isNull() || field.type() instanceof FieldType.OptionalOf);
    if (fits && !texts.containsKey(name) && !values.containsKey(name)) {
      values.put(name, value);
      sink.value(name, value);
    }
  }

  /** Withdraws all that was shown. */
  void withdraw() {
    withdraw(fields.keySet().stream().filter(this::isShown).toList());
  }

  private boolean isShown(String name) {
    return texts.containsKey(name) || values.containsKey(name);
  }

  private void withdraw(List<String> names) {
    if (!names.isEmpty()) {
      texts.keySet().removeAll(names);
      values.keySet().removeAll(names);
      sink.withdrawn(names);
    }
  }

  /** Shows what remains of the outputs, after withdrawing what was shown otherwise. */
  void finish(ObjectNode outputs) {
    List<String> wrong = new ArrayList<>();
    for (Field field : fields.values()) {
      if (isShown(field.name()) && !holds(field.name(), outputs.path(field.name()))) {
        wrong.add(field.name());
      }
    }
    withdraw(wrong);
    for (Field field : fields.values()) {
      complete(field, outputs.path(field.name()));
    }
    sink.finished(outputs);
  }

  private boolean holds(String name, JsonNode value) {
    StringBuilder text = texts.get(name);
    return text == null
        ? value.equals(values.get(name))
        : value.isString() && value.stringValue().startsWith(text.toString());
  }

  private void complete(Field field, JsonNode value) {
    String name = field.name();
    if (!isText(field) || !value.isString()) {
      value(name, value);
      return;
    }
    StringBuilder shown = texts.get(name);
    String rest = value.stringValue().substring(shown == null ? 0 : shown.length());
    if (shown == null || !rest.isEmpty()) {
      text(name, rest);
    }
  }
}
