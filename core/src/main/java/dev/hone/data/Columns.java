package dev.hone.data;

import dev.hone.data.format.CellFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the columns of a file (of a CSV file, or the keys of JSON lines) become the fields of a
 * signature. Immutable.
 *
 * <p>A field that may be absent needs no column; every other field does. A blank value, or one such
 * as {@code none}, is absent there, also where the field is an optional text. A column that is no
 * field stays with its example as an extra, unless it is to be left out or refused; one whose name
 * is nearly that of a field without a column is always an error, since it is most likely misspelt.
 * A field that is said to be another column is read from that column only: a column of the field's
 * own name is then an extra like any other. A key of a nested record that the record does not have
 * is an error, unless others are ignored. A column without a name, or {@code Unnamed: 0}, the index
 * of a data frame, is left out.
 */
public final class Columns {
  private static final Pattern UNNAMED = Pattern.compile("Unnamed: \\d+(_level_\\d+)?");

  private final Map<String, String> fieldByColumn;
  private final Others others;
  private final Labels labels;
  private final CellFormat cells;

  /** What becomes of the output fields. */
  private enum Labels {
    NEEDED,
    OPTIONAL,
    EXTRAS
  }

  /** What becomes of columns that are no field. */
  private enum Others {
    KEPT,
    IGNORED,
    REFUSED
  }

  private Columns(
      Map<String, String> fieldByColumn, Others others, Labels labels, CellFormat cells) {
    this.fieldByColumn = Collections.unmodifiableMap(new LinkedHashMap<>(fieldByColumn));
    this.others = others;
    this.labels = labels;
    this.cells = cells;
  }

  /** Each column is the field of its name; a column that is no field is an extra. */
  public static Columns asNamed() {
    return new Columns(Map.of(), Others.KEPT, Labels.NEEDED, CellFormat.defaults());
  }

  /** A copy in which a column is a field of another name. */
  public Columns with(String column, String field) {
    Map<String, String> copy = new LinkedHashMap<>(fieldByColumn);
    copy.put(column, field);
    return new Columns(copy, others, labels, cells);
  }

  /** A copy that leaves out columns that are no field, except those that look misspelt. */
  public Columns ignoringOthers() {
    return new Columns(fieldByColumn, Others.IGNORED, labels, cells);
  }

  /** A copy in which a column that is no field is an error. */
  public Columns refusingOthers() {
    return new Columns(fieldByColumn, Others.REFUSED, labels, cells);
  }

  /**
   * A copy by which a row may have no label: one whose output fields are all missing, null or blank
   * becomes an example with its input only. A row that has some of them needs all.
   */
  public Columns labelsOptional() {
    return new Columns(fieldByColumn, others, Labels.OPTIONAL, cells);
  }

  /**
   * A copy by which examples have their inputs only: the output fields are columns like any other,
   * and so extras where others are kept.
   */
  public Columns inputsOnly() {
    return new Columns(fieldByColumn, others, Labels.EXTRAS, cells);
  }

  /** A copy whose cells are read as a format says, where it is not to be found. */
  public Columns withCells(CellFormat format) {
    return new Columns(fieldByColumn, others, labels, format);
  }

  /** How cells are written. */
  public CellFormat cells() {
    return cells;
  }

  /** The fields of columns that have another name than their field, by column; read-only. */
  public Map<String, String> fieldByColumn() {
    return fieldByColumn;
  }

  /** Whether a column has no name of its own: none at all, or that of a data frame's index. */
  static boolean isUnnamed(String column) {
    return column.isBlank() || UNNAMED.matcher(column).matches();
  }

  boolean keepsOthers() {
    return others == Others.KEPT;
  }

  boolean ignoresOthers() {
    return others == Others.IGNORED;
  }

  boolean refusesOthers() {
    return others == Others.REFUSED;
  }

  boolean isInputsOnly() {
    return labels == Labels.EXTRAS;
  }

  boolean allowsNoLabel() {
    return labels == Labels.OPTIONAL;
  }

  /**
   * The name of the field that a column is, whether the signature has it or not; empty for a column
   * whose field is read from another one.
   */
  String fieldOf(String column) {
    String mapped = fieldByColumn.get(column);
    if (mapped != null) {
      return mapped;
    }
    return fieldByColumn.containsValue(column) ? "" : column;
  }

  /** The columns that a field may be read from. */
  List<String> columnsOf(String field) {
    List<String> mapped =
        fieldByColumn.entrySet().stream()
            .filter(entry -> entry.getValue().equals(field))
            .map(Map.Entry::getKey)
            .toList();
    return mapped.isEmpty() ? List.of(field) : mapped;
  }

  /** One line, such as {@code Columns[text=snippet, others kept]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Columns[");
    fieldByColumn.forEach((column, field) -> text.append(column + "=" + field + ", "));
    text.append("others ").append(others.name().toLowerCase(java.util.Locale.ROOT));
    text.append(labels == Labels.OPTIONAL ? ", labels optional" : "");
    return text.append(labels == Labels.EXTRAS ? ", inputs only]" : "]").toString();
  }
}
