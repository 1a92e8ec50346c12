package dev.hone.replies;

import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether JSON is of a type and within its limits as it stands, told without Hone's reading. */
final class TypeCheck {
  private TypeCheck() {}

  /** Whether an object has exactly the fields, each with a value of its type within its limits. */
  static boolean fits(List<Field> fields, JsonNode object) {
    return object instanceof ObjectNode
        && object.size() == fields.size()
        && fields.stream()
            .allMatch(
                field ->
                    object.has(field.name())
                        && fits(field.type(), object.get(field.name()))
                        && within(field, object.get(field.name())));
  }

  private static boolean fits(FieldType type, JsonNode value) {
    if (type instanceof FieldType.OptionalOf optional) {
      return value.isNull() || fits(optional.type(), value);
    }
    if (type instanceof FieldType.Text) {
      return value.isString();
    }
    if (type instanceof FieldType.Whole whole) {
      return fits(whole, value);
    }
    if (type instanceof FieldType.Decimal decimal) {
      return value.isNumber() && (decimal.exact() || Double.isFinite(value.doubleValue()));
    }
    if (type instanceof FieldType.Bool) {
      return value.isBoolean();
    }
    if (type instanceof FieldType.Choice choice) {
      return value.isString() && choice.names().contains(value.stringValue());
    }
    if (type instanceof FieldType.Temporal temporal) {
      return value.isString() && fits(temporal, value.stringValue());
    }
    return fitsContainer(type, value);
  }

  private static boolean fitsContainer(FieldType type, JsonNode value) {
    if (type instanceof FieldType.ListOf list) {
      return value.isArray() && value.valueStream().allMatch(item -> fits(list.item(), item));
    }
    if (type instanceof FieldType.SetOf set) {
      return value.isArray()
          && value.valueStream().allMatch(item -> fits(set.item(), item))
          && distinct(set.item(), value);
    }
    if (type instanceof FieldType.MapOf map) {
      return value.isObject()
          && value
              .propertyStream()
              .allMatch(
                  entry ->
                      (map.key() instanceof FieldType.Text
                              || ((FieldType.Choice) map.key()).names().contains(entry.getKey()))
                          && fits(map.value(), entry.getValue()));
    }
    return type instanceof FieldType.Any
        || type instanceof FieldType.ObjectOf object && fits(object.fields(), value);
  }

  private static boolean fits(FieldType.Whole whole, JsonNode value) {
    if (!value.isIntegralNumber()) {
      return false;
    }
    BigInteger number = value.bigIntegerValue();
    return whole.bits() == 0 || number.bitLength() < whole.bits();
  }

  private static boolean fits(FieldType.Temporal temporal, String text) {
    try {
      switch (temporal.kind()) {
        case DATE -> LocalDate.parse(text);
        case TIME -> LocalTime.parse(text);
        case DATE_TIME -> LocalDateTime.parse(text);
        default -> throw new IllegalArgumentException("no test has " + temporal);
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean distinct(FieldType item, JsonNode values) {
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (SameValue.of(item, values.get(i), values.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean within(Field field, JsonNode value) {
    Constraints limits = field.constraints();
    if (value.isString()) {
      String text = value.stringValue();
      return sized(limits, text.codePointCount(0, text.length()));
    }
    if (value.isContainer() && !(field.type().withoutOptional() instanceof FieldType.ObjectOf)) {
      return sized(limits, value.size());
    }
    return !value.isNumber() || within(limits, new BigDecimal(value.asString()));
  }

  private static boolean sized(Constraints limits, int size) {
    return size >= limits.minSize() && size <= limits.maxSize();
  }

  private static boolean within(Constraints limits, BigDecimal number) {
    return number.doubleValue() >= limits.min() && number.doubleValue() <= limits.max();
  }
}
