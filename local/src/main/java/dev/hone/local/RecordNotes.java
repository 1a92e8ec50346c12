package dev.hone.local;

import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds labelled records in a text, and states what texts with each value have in common by quoting
 * them. A record is a run of lines {@code name: value}, ended by a blank line; a label is a field
 * whose values are short and recur. A single run could be notes as well, and is if it has a
 * semicolon.
 */
final class RecordNotes {
  private static final Pattern LINE = Pattern.compile("^([\\p{L}_][\\p{L}\\p{N}_]{0,200}): (.*)$");
  private static final int LONGEST_VALUE = 40;
  private static final int LONGEST_QUOTE = 120;

  private final List<Map<String, String>> records;

  private RecordNotes(List<Map<String, String>> records) {
    this.records = records;
  }

  /** The records of a text; none if there are no lines of that form. */
  static RecordNotes in(String text) {
    List<Map<String, String>> records = new ArrayList<>();
    Map<String, String> record = new LinkedHashMap<>();
    for (String line : (text + "\n\n").split("\n", -1)) {
      Matcher field = LINE.matcher(line.strip());
      if (field.matches()) {
        record.putIfAbsent(field.group(1), field.group(2).strip());
      } else if (line.isBlank()) {
        if (record.size() > 1) {
          records.add(record);
        }
        record = new LinkedHashMap<>();
      }
    }
    boolean notes = records.size() == 1 && text.indexOf(';') >= 0;
    return new RecordNotes(notes || Dialogue.isIn(text) ? List.of() : records);
  }

  /** For every value of every label, the texts of its records, in order; empty without labels. */
  List<ValueDescription> quotes() {
    ValueDescription.Gatherer quotes = new ValueDescription.Gatherer();
    Set<String> fields = fields();
    String text = textField(fields);
    for (String field : fields) {
      if (!field.equals(text) && isLabel(field)) {
        for (Map<String, String> record : records) {
          String quote = quote(record.getOrDefault(text, ""));
          values(record.getOrDefault(field, ""))
              .forEach(value -> quotes.add(field, value, List.of(quote)));
        }
      }
    }
    return quotes.notes();
  }

  /** A text that can be one phrase of a note. */
  private static String quote(String text) {
    return Excerpt.of(text.replace(';', ','), LONGEST_QUOTE);
  }

  private Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    records.forEach(record -> fields.addAll(record.keySet()));
    return fields;
  }

  /** The field with the longest values; none if there are no records. */
  private String textField(Set<String> fields) {
    return fields.stream().max(Comparator.comparingLong(this::length)).orElse("");
  }

  private long length(String field) {
    return records.stream().mapToLong(record -> record.getOrDefault(field, "").length()).sum();
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
      array.forEach(item -> values.add(ValueAnswerer.text(item)));
      return values.isEmpty() ? List.of(ValueNotes.NONE) : values;
    } catch (JacksonException e) {
      return List.of(text);
    }
  }
}
