package dev.hone.spark.column;

import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.FieldType.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Values of Spark's rows as JSON, and values of fields as Spark's rows want them. */
public final class ColumnValues {
  private static final int EXACT_SCALE = 18;
  private static final int EXACT_DIGITS = 38;

  private ColumnValues() {}

  /** The JSON of a value of a row. */
  public static JsonNode toJson(@Nullable Object value) {
    if (value == null) {
      return NullNode.getInstance();
    } else if (value instanceof Boolean bool) {
      return BooleanNode.valueOf(bool);
    } else if (value instanceof Double || value instanceof Float) {
      return DoubleNode.valueOf(Double.parseDouble(value.toString()));
    } else if (value instanceof BigDecimal decimal) {
      return DecimalNode.valueOf(decimal);
    } else if (value instanceof Number number) {
      return LongNode.valueOf(number.longValue());
    } else if (value instanceof Row row) {
      return object(row);
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      ObjectNode object = Json.object();
      CollectionConverters.asJava(map)
          .forEach((key, item) -> object.set(String.valueOf(key), toJson(item)));
      return object;
    } else if (value instanceof Iterable<?> items) {
      ArrayNode array = Json.array();
      CollectionConverters.asJava(items).forEach(item -> array.add(toJson(item)));
      return array;
    } else if (value instanceof Object[] items) {
      ArrayNode array = Json.array();
      for (Object item : items) {
        array.add(toJson(item));
      }
      return array;
    }
    if (value instanceof byte[] bytes) {
      return StringNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }
    return StringNode.valueOf(
        value instanceof Timestamp moment ? moment.toInstant().toString() : value.toString());
  }

  private static ObjectNode object(Row row) {
    ObjectNode object = Json.object();
    String[] names = row.schema().fieldNames();
    for (int i = 0; i < names.length; i++) {
      object.set(names[i], toJson(row.get(i)));
    }
    return object;
  }

  /**
   * The row of an object.
   *
   * @throws ArithmeticException if a number does not fit its column
   */
  public static Row row(List<Field> fields, ObjectNode object, boolean javaTime) {
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      Field field = fields.get(i);
      values[i] = value(field.type(), object.path(field.name()), javaTime);
    }
    return RowFactory.create(values);
  }

  private static @Nullable Object value(FieldType type, JsonNode node, boolean javaTime) {
    FieldType value = type.withoutOptional();
    if (node.isNull() || node.isMissingNode()) {
      return null;
    } else if (value instanceof ListOf list) {
      return array(list.item(), node, javaTime);
    } else if (value instanceof SetOf set) {
      return array(set.item(), node, javaTime);
    } else if (value instanceof MapOf map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      node.properties()
          .forEach(e -> entries.put(e.getKey(), value(map.value(), e.getValue(), javaTime)));
      return CollectionConverters.asScala(entries);
    } else if (value instanceof ObjectOf object && node instanceof ObjectNode fields) {
      return row(object.fields(), fields, javaTime);
    } else if (value instanceof Whole whole) {
      return whole(whole, node);
    } else if (value instanceof FieldType.Decimal decimal) {
      return decimal.exact() ? exact(node.decimalValue(), EXACT_SCALE) : node.doubleValue();
    } else if (value instanceof FieldType.Bool) {
      return node.booleanValue();
    } else if (value instanceof Temporal temporal) {
      return temporal(temporal.kind(), node.stringValue(), javaTime);
    }
    return node.isString() ? node.stringValue() : Json.write(node);
  }

  private static Object[] array(FieldType item, JsonNode items, boolean javaTime) {
    Object[] values = new Object[items.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(item, items.get(i), javaTime);
    }
    return values;
  }

  private static Object whole(Whole type, JsonNode node) {
    if (type.bits() == 0) {
      BigInteger whole = node.bigIntegerValue();
      return exact(new BigDecimal(whole), 0);
    }
    return ColumnTypes.of(type).equals(org.apache.spark.sql.types.DataTypes.IntegerType)
        ? (Object) node.intValue()
        : (Object) node.longValue();
  }

  private static BigDecimal exact(BigDecimal number, int scale) {
    BigDecimal scaled = number.setScale(scale);
    if (scaled.precision() > EXACT_DIGITS) {
      throw new ArithmeticException(
          "%s has more than %d digits"
              .formatted(scaled.round(MathContext.DECIMAL32), EXACT_DIGITS));
    }
    return scaled;
  }

  private static Object temporal(TemporalKind kind, String text, boolean javaTime) {
    return switch (kind) {
      case DATE -> javaTime ? LocalDate.parse(text) : Date.valueOf(LocalDate.parse(text));
      case DATE_TIME -> LocalDateTime.parse(text);
      case INSTANT -> javaTime ? Instant.parse(text) : Timestamp.from(Instant.parse(text));
      default -> text;
    };
  }
}
