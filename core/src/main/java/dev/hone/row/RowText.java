package dev.hone.row;

import dev.hone.json.Json;
import dev.hone.signature.Codec;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Values and cells of tables as people read them. */
public final class RowText {
  private RowText() {}

  /** The values of a record's or an object's fields; of anything else, its own text. */
  public static <T> String of(T value) {
    if (value instanceof ObjectNode node) {
      return node.properties().stream()
          .map(Map.Entry::getValue)
          .map(item -> item.isString() ? item.stringValue() : Json.write(item))
          .collect(Collectors.joining(", "));
    }
    if (value instanceof Record) {
      @SuppressWarnings("unchecked")
      Class<T> type = (Class<T>) value.getClass();
      return of(Codec.ofRecord(type).encode(value));
    }
    return String.valueOf(value);
  }

  /** A cell of a width, its text on the left. */
  public static String left(String text, int width) {
    String cut = cut(text, width);
    return cut + " ".repeat(width - cut.length());
  }

  /** A cell of a width, its text on the right. */
  public static String right(String text, int width) {
    String cut = cut(text, width);
    return " ".repeat(width - cut.length()) + cut;
  }

  /** The beginning of a text on one line, without half of a character at its end. */
  private static String cut(String text, int width) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.length() <= width) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(width - 2)) ? width - 2 : width - 1;
    return line.substring(0, end) + "…";
  }
}
