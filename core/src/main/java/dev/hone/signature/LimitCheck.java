package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.Plural;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds values to the limits of their fields. */
final class LimitCheck {
  private LimitCheck() {}

  /**
   * The limits that an annotation states.
   *
   * @throws InvalidInputException if the type has no number or no size to limit
   */
  static Constraints constraints(@Nullable Limits limits, FieldType type, String where) {
    if (limits == null) {
      return Constraints.NONE;
    }
    Constraints constraints =
        new Constraints(limits.min(), limits.max(), limits.minSize(), limits.maxSize());
    boolean ofNumbers =
        limits.min() != Double.NEGATIVE_INFINITY || limits.max() != Double.POSITIVE_INFINITY;
    boolean ofSize = limits.minSize() > 0 || limits.maxSize() < Integer.MAX_VALUE;
    if (ofNumbers && !isNumber(item(unwrapped(type)))) {
      throw InvalidInputException.of(
          "%s has @Limits on numbers, but is %s".formatted(where, type.label()),
          "use minSize and maxSize, or remove them");
    }
    if (ofSize && !isSized(unwrapped(type))) {
      throw InvalidInputException.of(
          "%s has @Limits on its size, but is %s".formatted(where, type.label()),
          "use min and max, or remove them");
    }
    return constraints;
  }

  private static FieldType item(FieldType type) {
    if (type instanceof FieldType.ListOf list) {
      return unwrapped(list.item());
    }
    return type instanceof FieldType.SetOf set ? unwrapped(set.item()) : type;
  }

  private static boolean isNumber(FieldType type) {
    return type instanceof FieldType.Whole || type instanceof FieldType.Decimal;
  }

  private static boolean isSized(FieldType type) {
    return type instanceof FieldType.Text
        || type instanceof FieldType.ListOf
        || type instanceof FieldType.SetOf
        || type instanceof FieldType.MapOf;
  }

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
    } else if (value.isContainer() && !(unwrapped(field.type()) instanceof FieldType.ObjectOf)) {
      checkSize(limits, value.size(), "item", path);
    }
    checkNumbers(limits, value, path);
  }

  private static FieldType unwrapped(FieldType type) {
    return type instanceof FieldType.OptionalOf optional ? optional.type() : type;
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
