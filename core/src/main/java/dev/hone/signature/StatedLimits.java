package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.type.Constraints;
import dev.hone.type.FieldType;
import org.jspecify.annotations.Nullable;

/** Reads {@link Limits} into the constraints of a field. */
final class StatedLimits {
  private StatedLimits() {}

  /**
   * The limits that an annotation states.
   *
   * @throws InvalidInputException if the type has no number or no size to limit
   */
  static Constraints of(@Nullable Limits limits, FieldType type, String where) {
    if (limits == null) {
      return Constraints.NONE;
    }
    Constraints constraints =
        new Constraints(limits.min(), limits.max(), limits.minSize(), limits.maxSize());
    boolean ofNumbers =
        limits.min() != Double.NEGATIVE_INFINITY || limits.max() != Double.POSITIVE_INFINITY;
    boolean ofSize = limits.minSize() > 0 || limits.maxSize() < Integer.MAX_VALUE;
    if (ofNumbers && !isNumber(item(type.withoutOptional()))) {
      throw InvalidInputException.of(
          "%s has @Limits on numbers, but is %s".formatted(where, type.label()),
          "use minSize and maxSize, or remove them");
    }
    if (ofSize && !isSized(type.withoutOptional())) {
      throw InvalidInputException.of(
          "%s has @Limits on its size, but is %s".formatted(where, type.label()),
          "use min and max, or remove them");
    }
    return constraints;
  }

  private static FieldType item(FieldType type) {
    if (type instanceof FieldType.ListOf list) {
      return list.item().withoutOptional();
    }
    return type instanceof FieldType.SetOf set ? set.item().withoutOptional() : type;
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
}
