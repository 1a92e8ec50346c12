package dev.hone.exchange.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts as Java source: literals, text blocks, comments. */
final class JavaText {
  /** A class file holds no constant of more than 65,535 bytes. */
  private static final int MOST_BYTES = 60_000;

  private static final int MOST_CHARS = 15_000;

  private JavaText() {}

  /** A text as a literal on one line. */
  static String literal(String text) {
    StringBuilder code = new StringBuilder("\"");
    text.codePoints().forEach(c -> code.append(c == '"' ? "\\\"" : escaped(c)));
    return code.append('"').toString();
  }

  /** A text as an expression: a literal, a text block, or joined parts if it is very long. */
  static String expression(String text, String indent) {
    if (!isConstant(text)) {
      return parts(text).stream()
          .map(part -> "\n" + indent + "    " + constant(part, indent + "    "))
          .collect(Collectors.joining(",", "String.join(\n" + indent + "    \"\",", ")"));
    }
    return constant(text, indent);
  }

  /** Whether a text is short enough for a constant, and so for an annotation. */
  static boolean isConstant(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + MOST_CHARS);
      to -= to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
      parts.add(text.substring(from, to));
      from = to;
    }
    return parts;
  }

  private static String constant(String text, String indent) {
    return text.contains("\n") && !hasOddEdges(text) ? block(text, indent) : literal(text);
  }

  /** Whether a line begins or ends with white space that a block loses and that has no escape. */
  private static boolean hasOddEdges(String text) {
    return Arrays.stream(text.split("\n"))
        .filter(line -> !line.isEmpty())
        .anyMatch(line -> isOdd(line.charAt(0)) || isOdd(line.charAt(line.length() - 1)));
  }

  private static boolean isOdd(char c) {
    return c > 0x7f && Character.isWhitespace(c);
  }

  private static String block(String text, String indent) {
    StringBuilder code = new StringBuilder("\"\"\"");
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean last = i == lines.length - 1;
      String line = line(lines[i], last);
      code.append('\n').append(line.isEmpty() && !last ? "" : indent + line);
    }
    return code.append("\"\"\"").toString();
  }

  /** A line of a block: no run of three quotes, no blank at its ends, no quote before its end. */
  private static String line(String line, boolean last) {
    StringBuilder code = new StringBuilder();
    line.codePoints().forEach(c -> code.append(c == '\t' ? "\t" : escaped(c)));
    String text = begun(code.toString().replace("\"\"\"", "\\\"\\\"\\\""));
    if (text.endsWith(" ") || text.endsWith("\t")) {
      String end = text.endsWith(" ") ? "\\s" : "\\t";
      return text.substring(0, text.length() - 1) + end;
    }
    return last && text.endsWith("\"") ? text.substring(0, text.length() - 1) + "\\\"" : text;
  }

  /** A line whose first blank is no part of the indentation. */
  private static String begun(String line) {
    if (line.startsWith(" ")) {
      return "\\s" + line.substring(1);
    }
    return line.startsWith("\t") ? "\\t" + line.substring(1) : line;
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          Character.isISOControl(c) || c == 0xFEFF || Character.getType(c) == Character.FORMAT
              ? unicode(c)
              : Character.toString(c);
    };
  }

  /**
   * An escape that the compiler reads as a character of the text: octal, since \\u is read first.
   */
  private static String unicode(int c) {
    return c < 0x100
        ? String.format(Locale.ROOT, "\\%03o", c)
        : Character.toString(c)
            .chars()
            .boxed()
            .map(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
            .collect(Collectors.joining());
  }

  /** A text for a comment, on one line, that does not end it. */
  static String comment(String text) {
    return text.replaceAll("\\s+", " ")
        .replace("*/", "*&#47;")
        .replace("\\", "&#92;")
        .replace("@", "&#64;")
        .replace("<", "&lt;")
        .strip();
  }
}
