package dev.hone.tool;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.signature.Codec;
import dev.hone.text.Excerpt;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What tools return, as a model reads it. */
final class ResultText {
  private ResultText() {}

  /**
   * A result as parts of a message: texts and parts as they are, all else as JSON.
   *
   * @throws InvalidInputException if it is of a class that Hone does not write
   */
  static ToolOutput output(@Nullable Object result) {
    if (result instanceof ToolOutput output) {
      return output;
    }
    if (result instanceof MessagePart part) {
      return new ToolOutput(List.of(part));
    }
    if (result instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(MessagePart.class::isInstance)) {
      List<MessagePart> parts = new ArrayList<>();
      list.forEach(part -> parts.add((MessagePart) part));
      return new ToolOutput(parts);
    }
    if (result instanceof CharSequence || result instanceof Enum<?>) {
      return ToolOutput.text(result.toString());
    }
    JsonNode json = json(result);
    return ToolOutput.text(json.isString() ? json.stringValue() : Json.write(json));
  }

  /**
   * An output whose texts together have at most some characters, and say so if they had more; texts
   * that follow each other are one.
   */
  static ToolOutput cut(@Nullable ToolOutput output, int most) {
    if (output == null) {
      return ToolOutput.text("null");
    }
    List<MessagePart> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    long all = 0;
    int shown = 0;
    for (MessagePart part : output.parts()) {
      if (part instanceof MessagePart.Text piece) {
        String said = text.isEmpty() ? piece.text() : "\n" + piece.text();
        String kept = Excerpt.prefix(said, most - shown);
        all += said.length();
        shown += kept.length();
        text.append(kept);
      } else if (part instanceof MessagePart.Image) {
        flush(text, parts);
        parts.add(part);
      }
    }
    if (all > shown) {
      text.append(
          String.format(
              Locale.ROOT, "\n[cut: these are the first %,d of %,d characters]", shown, all));
    }
    flush(text, parts);
    return new ToolOutput(parts);
  }

  private static void flush(StringBuilder text, List<MessagePart> parts) {
    if (!text.isEmpty()) {
      parts.add(MessagePart.text(text.toString()));
      text.setLength(0);
    }
  }

  /** Whether what a method with this return type returns may be written; all but a few may. */
  static boolean writes(Class<?> type) {
    return !Future.class.isAssignableFrom(type)
        && !CompletionStage.class.isAssignableFrom(type)
        && !BaseStream.class.isAssignableFrom(type)
        && !Thread.class.isAssignableFrom(type);
  }

  private static JsonNode json(@Nullable Object value) {
    if (value == null) {
      return NullNode.getInstance();
    } else if (value instanceof JsonNode node) {
      return node;
    } else if (value instanceof Optional<?> optional) {
      return json(optional.orElse(null));
    } else if (value instanceof Record) {
      return Codec.toJson(value).orElseThrow();
    } else if (value instanceof Map<?, ?> map) {
      return map(map);
    } else if (value instanceof Iterable<?> items) {
      ArrayNode array = Json.array();
      items.forEach(item -> array.add(json(item)));
      return array;
    }
    return scalar(value);
  }

  private static ObjectNode map(Map<?, ?> map) {
    ObjectNode object = Json.object();
    map.forEach((key, value) -> object.set(String.valueOf(key), json(value)));
    return object;
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof Boolean truth) {
      return BooleanNode.valueOf(truth);
    } else if (value instanceof BigInteger whole) {
      return DecimalNode.valueOf(new BigDecimal(whole));
    } else if (value instanceof BigDecimal decimal) {
      return DecimalNode.valueOf(decimal);
    } else if (value instanceof Number number) {
      return number(number);
    } else if (value instanceof CharSequence
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof TemporalAccessor
        || value instanceof TemporalAmount
        || value instanceof java.util.UUID
        || value instanceof java.net.URI) {
      return StringNode.valueOf(value.toString());
    }
    throw InvalidInputException.of(
        "The tool returned a %s, which Hone does not write as text".formatted(value.getClass()),
        "return a text, a record, or a List or Map of those");
  }

  private static JsonNode number(Number number) {
    String text = number.toString();
    try {
      return DecimalNode.valueOf(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return StringNode.valueOf(text);
    }
  }
}
