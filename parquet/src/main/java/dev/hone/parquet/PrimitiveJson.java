package dev.hone.parquet;

import dev.hone.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Single values of a column as JSON. */
final class PrimitiveJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final long NANOS = 1_000_000_000;
  private static final int EPOCH_JULIAN_DAY = 2_440_588;

  private PrimitiveJson() {}

  static JsonNode value(Group group, int field, int index) {
    PrimitiveType type = group.getType().getType(field).asPrimitiveType();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> BooleanNode.valueOf(group.getBoolean(field, index));
      case INT32 -> whole(group.getInteger(field, index), 32, logical);
      case INT64 -> whole(group.getLong(field, index), 64, logical);
      case FLOAT -> decimal(Float.toString(group.getFloat(field, index)));
      case DOUBLE -> decimal(Double.toString(group.getDouble(field, index)));
      case INT96 -> julian(group.getInt96(field, index));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> binary(group.getBinary(field, index), type);
    };
  }

  private static JsonNode whole(long value, int bits, @Nullable LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return NODES.numberNode(BigDecimal.valueOf(value, decimal.getScale()));
    } else if (logical instanceof DateLogicalTypeAnnotation) {
      return text(LocalDate.ofEpochDay(value));
    } else if (logical instanceof TimeLogicalTypeAnnotation time) {
      return text(LocalTime.ofNanoOfDay(value * nanos(time.getUnit())));
    } else if (logical instanceof TimestampLogicalTypeAnnotation stamp) {
      return timestamp(instant(value, stamp.getUnit()), stamp.isAdjustedToUTC());
    } else if (logical instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
      return bits == 32
          ? NODES.numberNode(Integer.toUnsignedLong((int) value))
          : NODES.numberNode(new BigInteger(Long.toUnsignedString(value)));
    }
    return NODES.numberNode(value);
  }

  private static JsonNode decimal(String number) {
    boolean finite = Character.isDigit(number.charAt(number.length() - 1));
    return finite ? NODES.numberNode(new BigDecimal(number)) : StringNode.valueOf(number);
  }

  private static JsonNode binary(Binary value, PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    byte[] bytes = value.getBytes();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return NODES.numberNode(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
    } else if (logical instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return text(new UUID(buffer.getLong(), buffer.getLong()));
    } else if (logical instanceof Float16LogicalTypeAnnotation) {
      return decimal(type.stringifier().stringify(value));
    }
    String text = text(bytes);
    return logical instanceof JsonLogicalTypeAnnotation ? json(text) : StringNode.valueOf(text);
  }

  /** Bytes as the text that they are, or else in Base64. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  private static JsonNode json(String text) {
    try {
      return Json.parse(text);
    } catch (JacksonException e) {
      return StringNode.valueOf(text);
    }
  }

  /** A timestamp of old writers: nanoseconds of the day, then the Julian day, in UTC. */
  private static JsonNode julian(Binary value) {
    ByteBuffer buffer = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = buffer.getLong();
    long day = (long) buffer.getInt() - EPOCH_JULIAN_DAY;
    return timestamp(Instant.ofEpochSecond(Math.multiplyExact(day, 86_400L), nanos), false);
  }

  private static JsonNode timestamp(Instant instant, boolean utc) {
    return text(utc ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  private static Instant instant(long value, TimeUnit unit) {
    long perSecond = NANOS / nanos(unit);
    return Instant.ofEpochSecond(
        Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanos(unit));
  }

  private static long nanos(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000_000;
      case MICROS -> 1_000;
      case NANOS -> 1;
    };
  }

  private static JsonNode text(Object value) {
    return StringNode.valueOf(value.toString());
  }
}
