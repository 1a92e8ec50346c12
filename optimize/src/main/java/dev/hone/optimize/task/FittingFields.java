package dev.hone.optimize.task;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes from the values of an example what a predictor's fields can hold. */
public final class FittingFields {
  private FittingFields() {}

  /** The values of these fields, as their types write them; others are left out. */
  public static ObjectNode of(List<Field> fields, ObjectNode values) {
    ObjectNode picked = Json.object();
    for (Field field : fields) {
      JsonNode value = values.get(field.name());
      if (value != null) {
        coerce(field, value).ifPresent(node -> picked.set(field.name(), node));
      }
    }
    return picked;
  }

  private static Optional<JsonNode> coerce(Field field, JsonNode value) {
    try {
      return Optional.of(Coercion.value(field.type(), value, field.name()));
    } catch (TypeMismatchException e) {
      return Optional.empty();
    }
  }
}
