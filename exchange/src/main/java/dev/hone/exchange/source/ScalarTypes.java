package dev.hone.exchange.source;

import dev.hone.InvalidInputException;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.MessageKind;

/** The Java types of values without parts. */
final class ScalarTypes {
  private ScalarTypes() {}

  static String of(FieldType type, boolean boxed, JavaTypes types, Flavour flavour) {
    if (type instanceof FieldType.Whole whole) {
      return whole(whole.bits(), boxed, types);
    } else if (type instanceof FieldType.Decimal decimal) {
      return decimal.exact() ? types.imported("java.math.BigDecimal") : boxed ? "Double" : "double";
    } else if (type instanceof FieldType.Bool) {
      return boxed ? "Boolean" : "boolean";
    } else if (type instanceof FieldType.Temporal temporal) {
      return types.imported("java.time." + temporal(temporal.kind()));
    } else if (type instanceof FieldType.Any) {
      return flavour == Flavour.HONE ? types.imported("tools.jackson.databind.JsonNode") : "Object";
    } else if (type instanceof FieldType.Message message) {
      return message(message.kind(), types, flavour);
    }
    boolean reasoning = type instanceof FieldType.Text text && text.reasoning();
    return reasoning && flavour == Flavour.HONE
        ? types.imported("dev.hone.signature.Reasoning")
        : "String";
  }

  private static String whole(int bits, boolean boxed, JavaTypes types) {
    return switch (bits) {
      case 8 -> boxed ? "Byte" : "byte";
      case 16 -> boxed ? "Short" : "short";
      case 32 -> boxed ? "Integer" : "int";
      case 64 -> boxed ? "Long" : "long";
      default -> types.imported("java.math.BigInteger");
    };
  }

  private static String temporal(TemporalKind kind) {
    return switch (kind) {
      case DATE -> "LocalDate";
      case TIME -> "LocalTime";
      case DATE_TIME -> "LocalDateTime";
      case INSTANT -> "Instant";
      case OFFSET_DATE_TIME -> "OffsetDateTime";
      case DURATION -> "Duration";
    };
  }

  private static String message(MessageKind kind, JavaTypes types, Flavour flavour) {
    if (flavour == Flavour.HONE && kind == MessageKind.IMAGE) {
      return types.imported("dev.hone.lm.MessagePart") + ".Image";
    } else if (flavour == Flavour.HONE && kind == MessageKind.FILE) {
      return types.imported("dev.hone.lm.MessagePart") + ".File";
    } else if (flavour == Flavour.HONE && kind == MessageKind.HISTORY) {
      return types.imported("dev.hone.signature.ChatHistory");
    }
    throw InvalidInputException.of(
        "A field is %s, which the exported source cannot carry".formatted(kind.label()),
        "export another predictor of the program: --predictor NAME");
  }
}
