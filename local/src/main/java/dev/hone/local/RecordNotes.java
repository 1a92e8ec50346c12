package dev.hone.local;

import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds labelled records in a text, and says what texts with each value have in common: it quotes
 * them. A record is a run of lines {@code name: value}, ended by a blank line; a label is a field
 * whose values are short and recur.
 */
final class RecordNotes {
  private static final Pattern LINE = Pattern.compile("^([\\p{L}_][\\p{L}\\p{N}_]*): (.*)$");
  private static final int LONGEST_VALUE = 40;

  private final List<Map<String, String>> records;

  private RecordNotes(List<Map<String, String>> records) {
    this.records = records;
  }

  static RecordNotes in(String text) {
    List<Map<String, String>> records = new ArrayList<>();
    for (String block : text.split("\\n\\s*\\n", -1)) {
      Map<String, String> record = new LinkedHashMap<>();
      for (String line : block.split("\\n", -1)) {
        Matcher matcher = LINE.matcher(line.strip());
        if (matcher.matches()) {
          record.putIfAbsent(matcher.group(1), matcher.group(2).strip());
        }
      }
      if (record.size() > 1) {
        records.add(record);
      }
    }
    return new RecordNotes(records);
  }

  /** For every value of every label, the texts of its records, in order; empty without labels. */
  Map<String, List<String>> quotes() {
    Map<String, List<String>> quotes = new LinkedHashMap<>();
    String text = textField();
    if (text.isEmpty()) {
      return quotes;
    }
    for (String field : fields()) {
      if (!field.equals(text) && isLabel(field)) {
        for (Map<String, String> record : records) {
          for (String value : values(record.getOrDefault(field, ""))) {
            quotes
                .computeIfAbsent(value, v -> new ArrayList<>())
                .add(quote(record.getOrDefault(text, "")));
          }
        }
      }
    }
    return quotes;
  }

  private static String quote(String text) {
    String plain = text.replace(';', ',');
    return plain.length() <= 120 ? plain : plain.substring(0, 119) + "…";
  }

  private Set<String> fields() {
    Set<String> fields = new java.util.LinkedHashSet<>();
    records.forEach(record -> fields.addAll(record.keySet()));
    return fields;
  }

  /** The field with the longest values; none if there are no records. */
  private String textField() {
    return fields().stream()
        .max(
            Comparator.comparingInt(
                field -> records.stream().mapToInt(r -> r.getOrDefault(field, "").length()).sum()))
        .orElse("");
  }

  private boolean isLabel(String field) {
    Set<String> distinct = new HashSet<>();
    int count = 0;
    for (Map<String, String> record : records) {
      for (String value : values(record.getOrDefault(field, ""))) {
        distinct.add(value);
        count++;
        if (value.length() > LONGEST_VALUE) {
          return false;
        }
      }
    }
    return count > 0 && (distinct.size() < count || count < 4);
  }

  private static List<String> values(String text) {
    if (!text.startsWith("[")) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    try {
      JsonNode array = Json.parse(text);
      List<String> values = new ArrayList<>();
      array.forEach(item -> values.add(item.asString()));
      return values.isEmpty() ? List.of(ValueNotes.NONE) : values;
    } catch (JacksonException e) {
      return List.of(text);
    }
  }
}
