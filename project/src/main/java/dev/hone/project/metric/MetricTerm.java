package dev.hone.project.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a metric as it is written: {@code 2 * recall(topic, DEFECT)}.
 *
 * @param weight how much it counts; 1 where nothing is said
 * @param name the metric's name, in lower case
 * @param field the field that it compares
 * @param argument the value or number after the field
 */
record MetricTerm(double weight, String name, String field, Optional<String> argument) {
  private static final Pattern TERM =
      Pattern.compile(
          "(?:(\\d+(?:\\.\\d+)?)\\s*\\*?\\s*)?([A-Za-z][\\w -]*?)\\s*\\(\\s*([^,()]+?)\\s*(?:,\\s*(.+?)\\s*)?\\)",
          Pattern.DOTALL);

  /** Reads a term; empty for any other text. */
  static Optional<MetricTerm> read(String text) {
    Matcher matcher = TERM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double weight = matcher.group(1) == null ? 1 : Double.parseDouble(matcher.group(1));
    String name =
        matcher.group(2).toLowerCase(java.util.Locale.ROOT).replaceAll("[\\s_-]+", " ").strip();
    Optional<String> argument = Optional.ofNullable(matcher.group(4)).map(MetricTerm::unquoted);
    return Optional.of(new MetricTerm(weight, name, matcher.group(3), argument));
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** Cuts a text at commas outside of brackets. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
