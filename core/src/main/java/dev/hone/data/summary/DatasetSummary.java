package dev.hone.data.summary;

import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is in a dataset: its fields with types, lengths, missing values and the balance of labels;
 * duplicates, and equal inputs with different labels. {@code toString} is a table. Immutable;
 * deterministic; made in time linear in the size of the dataset, without any model call.
 */
public final class DatasetSummary {
  private final int size;
  private final int labelled;
  private final int duplicates;
  private final List<FieldSummary> fields;
  private final List<LabelConflict> conflicts;

  private DatasetSummary(
      List<SummaryRow> rows, List<FieldSummary> fields, List<LabelConflict> conflicts) {
    this.size = rows.size();
    this.labelled = (int) rows.stream().filter(row -> row.label() != null).count();
    this.duplicates = size - distinctRows(rows);
    this.fields = List.copyOf(fields);
    this.conflicts = List.copyOf(conflicts);
  }

  /**
   * Summarizes rows; {@code dataset.describe()} calls it.
   *
   * @param rows the examples
   * @param inputs the declared fields of the inputs; empty where they are JSON objects
   * @param labels the same of the labels
   */
  public static DatasetSummary of(List<SummaryRow> rows, List<Field> inputs, List<Field> labels) {
    List<FieldSummary> fields = new ArrayList<>();
    fields.addAll(
        summaries(FieldRole.INPUT, rows.stream().map(SummaryRow::input).toList(), inputs));
    fields.addAll(
        summaries(
            FieldRole.LABEL,
            rows.stream().map(SummaryRow::label).filter(Objects::nonNull).toList(),
            labels));
    fields.addAll(
        summaries(
            FieldRole.EXTRA, rows.stream().map(row -> object(row.extras())).toList(), List.of()));
    return new DatasetSummary(rows, fields, conflicts(rows));
  }

  private static ObjectNode object(Map<String, JsonNode> values) {
    ObjectNode node = Json.object();
    values.forEach(node::set);
    return node;
  }

  private static List<FieldSummary> summaries(
      FieldRole role, List<? extends @Nullable ObjectNode> objects, List<Field> declared) {
    Map<String, FieldType> types = new LinkedHashMap<>();
    declared.forEach(field -> types.put(field.name(), field.type()));
    Set<String> names = new LinkedHashSet<>(types.keySet());
    for (ObjectNode object : objects) {
      if (object != null) {
        names.addAll(object.propertyNames());
      }
    }
    return names.stream()
        .map(name -> summary(name, role, objects, Optional.ofNullable(types.get(name))))
        .toList();
  }

  private static FieldSummary summary(
      String name,
      FieldRole role,
      List<? extends @Nullable ObjectNode> objects,
      Optional<FieldType> declared) {
    FieldCounts counts = new FieldCounts(declared.filter(DatasetSummary::isChoice).isPresent());
    for (ObjectNode object : objects) {
      counts.add(object == null ? null : object.get(name));
    }
    return new FieldSummary(
        name, role, declared.map(FieldType::label).orElseGet(counts::kinds), counts);
  }

  private static boolean isChoice(FieldType type) {
    if (type instanceof FieldType.OptionalOf optional) {
      return isChoice(optional.type());
    } else if (type instanceof FieldType.ListOf list) {
      return isChoice(list.item());
    } else if (type instanceof FieldType.SetOf set) {
      return isChoice(set.item());
    }
    return type instanceof FieldType.Choice || type instanceof FieldType.Bool;
  }

  private static int distinctRows(List<SummaryRow> rows) {
    Set<String> seen = new HashSet<>();
    rows.forEach(
        row ->
            seen.add(
                Json.canonical(row.input())
                    + (row.label() == null ? "" : "\n" + Json.canonical(row.label()))));
    return seen.size();
  }

  private static List<LabelConflict> conflicts(List<SummaryRow> rows) {
    Map<String, Map<String, SummaryRow>> rowsByInput = new LinkedHashMap<>();
    for (SummaryRow row : rows) {
      if (row.label() != null) {
        rowsByInput
            .computeIfAbsent(Json.canonical(row.input()), input -> new LinkedHashMap<>())
            .putIfAbsent(Json.canonical(row.label()), row);
      }
    }
    return rowsByInput.values().stream()
        .filter(byLabel -> byLabel.size() > 1)
        .map(byLabel -> conflict(List.copyOf(byLabel.values())))
        .toList();
  }

  private static LabelConflict conflict(List<SummaryRow> rows) {
    return new LabelConflict(
        rows.get(0).input(),
        rows.stream().map(SummaryRow::label).filter(Objects::nonNull).toList());
  }

  /** The number of examples. */
  public int size() {
    return size;
  }

  /** The number of examples that have a label. */
  public int labelled() {
    return labelled;
  }

  /** How many examples have the input and the label of one before them. */
  public int duplicates() {
    return duplicates;
  }

  /** The fields: those of the inputs, of the labels, and the extras. */
  public List<FieldSummary> fields() {
    return fields;
  }

  /** The field of a name; that of the inputs where a label has one of that name too. */
  public Optional<FieldSummary> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** The inputs that have different labels, in the order of the dataset. */
  public List<LabelConflict> conflicts() {
    return conflicts;
  }

  /** The table, at most 120 characters wide. */
  @Override
  public String toString() {
    return new SummaryTable(this).text();
  }
}
