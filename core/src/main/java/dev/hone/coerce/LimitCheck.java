package dev.hone.coerce;

import dev.hone.text.Plural;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Checks values against the limits of their fields. */
final class LimitCheck {
  private LimitCheck() {}

  /**
   * Checks a canonical value. The limits on numbers also hold for the numbers in a list or set.
   *
   * @throws TypeMismatchException if the value is outside of a limit
   */
  static void check(Field field, JsonNode value, String path) {
    Constraints limits = field.constraints();
    if (value.isNull() || limits.equals(Constraints.NONE)) {
      return;
    }
    if (value.isString()) {
      String text = value.stringValue();
      checkSize(limits, text.codePointCount(0, text.length()), "character", path);
    } else if (value.isContainer()
        && !(field.type().withoutOptional() instanceof FieldType.ObjectOf)) {
      checkSize(limits, value.size(), "item", path);
    }
    checkNumbers(limits, value, path);
  }

  private static void checkSize(Constraints limits, int size, String unit, String path) {
    if (size < limits.minSize()) {
      throw new TypeMismatchException(
          path,
          "found %s, expected at least %d".formatted(Plural.of(size, unit), limits.minSize()));
    }
    if (size > limits.maxSize()) {
      throw new TypeMismatchException(
          path, "found %s, expected at most %d".formatted(Plural.of(size, unit), limits.maxSize()));
    }
  }

  private static void checkNumbers(Constraints limits, JsonNode value, String path) {
    if (value.isNumber()) {
      checkNumber(limits, value, path);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        checkNumbers(limits, value.get(i), path + "[" + i + "]");
      }
    }
  }

  private static void checkNumber(Constraints limits, JsonNode value, String path) {
    if (below(value, limits.min())) {
      throw Coercion.mismatch(path, value, "at least " + Constraints.plain(limits.min()));
    }
    if (above(value, limits.max())) {
      throw Coercion.mismatch(path, value, "at most " + Constraints.plain(limits.max()));
    }
  }

  private static boolean below(JsonNode value, double min) {
    return min != Double.NEGATIVE_INFINITY && compare(value, min) < 0;
  }

  private static boolean above(JsonNode value, double max) {
    return max != Double.POSITIVE_INFINITY && compare(value, max) > 0;
  }

  private static int compare(JsonNode value, double limit) {
    return value.isDouble()
        ? Double.compare(value.doubleValue() + 0.0, limit + 0.0)
        : value.decimalValue().compareTo(BigDecimal.valueOf(limit));
  }
}
