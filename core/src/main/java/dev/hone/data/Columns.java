package dev.hone.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the columns of a file (of a CSV file, or the keys of JSON lines) become the fields of a
 * signature. Immutable.
 *
 * <p>A field that may be absent needs no column; every other field does. A column that is no field
 * is an error or left out, as is said here; one whose name is nearly that of a field without a
 * column is always an error, since it is most likely misspelt. The same holds for the keys of
 * nested records.
 *
 * @param fieldByColumn the fields of columns that have another name than their field
 * @param ignoreOthers whether columns that are no field are left out; if not, they are an error
 */
public record Columns(Map<String, String> fieldByColumn, boolean ignoreOthers) {
  /** Copies the map, keeping its order. */
  public Columns {
    fieldByColumn = Collections.unmodifiableMap(new LinkedHashMap<>(fieldByColumn));
  }

  /** Each column is the field of its name; a column that is no field is an error. */
  public static Columns asNamed() {
    return new Columns(Map.of(), false);
  }

  /** A copy in which a column is a field of another name. */
  public Columns with(String column, String field) {
    Map<String, String> copy = new LinkedHashMap<>(fieldByColumn);
    copy.put(column, field);
    return new Columns(copy, ignoreOthers);
  }

  /** A copy that leaves out columns that are no field, but for those that look misspelt. */
  public Columns ignoringOthers() {
    return new Columns(fieldByColumn, true);
  }

  /** The field that a column is, whether the signature has it or not. */
  String fieldOf(String column) {
    return fieldByColumn.getOrDefault(column, column);
  }

  /** The column that a field is read from. */
  String columnOf(String field) {
    return fieldByColumn.entrySet().stream()
        .filter(entry -> entry.getValue().equals(field))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(field);
  }
}
