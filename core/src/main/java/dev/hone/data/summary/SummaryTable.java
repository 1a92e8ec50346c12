package dev.hone.data.summary;

import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A summary as lines of text for people, at most {@link #WIDTH} characters wide. */
final class SummaryTable {
  static final int WIDTH = 120;
  private static final List<String> HEADING =
      List.of(
          "field",
          "role",
          "type",
          "missing",
          "distinct",
          "length (min / median / max)",
          "near-empty");
  private static final List<Integer> MOST = List.of(28, 5, 20, 9, 9, 27, 10);
  private static final int MOST_FIELDS = 40;
  private static final int MOST_VALUES = 10;
  private static final int VALUE = 30;

  private final DatasetSummary summary;

  SummaryTable(DatasetSummary summary) {
    this.summary = summary;
  }

  String text() {
    List<String> lines = new ArrayList<>(List.of(heading()));
    if (!summary.fields().isEmpty()) {
      lines.add("");
      lines.addAll(table());
    }
    List<String> balance = balance();
    if (!balance.isEmpty()) {
      lines.add("");
      lines.add("label balance");
      lines.addAll(balance);
    }
    return String.join("\n", lines);
  }

  private String heading() {
    String text =
        "%s, %d labelled; %s"
            .formatted(
                Plural.of(summary.size(), "example"),
                summary.labelled(),
                Plural.of(summary.duplicates(), "duplicate"));
    int conflicts = summary.conflicts().size();
    return conflicts == 0
        ? text
        : "%s; %s %s different labels, the first: %s"
            .formatted(
                text,
                Plural.of(conflicts, "input"),
                conflicts == 1 ? "has" : "have",
                Excerpt.ofLine(Json.write(summary.conflicts().get(0).input()), VALUE));
  }

  private List<String> table() {
    List<List<String>> rows = new ArrayList<>(List.of(HEADING));
    summary.fields().stream().limit(MOST_FIELDS).map(SummaryTable::cells).forEach(rows::add);
    List<Integer> widths =
        IntStream.range(0, HEADING.size())
            .mapToObj(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    List<String> lines =
        rows.stream()
            .map(row -> line(row, widths))
            .collect(Collectors.toCollection(ArrayList::new));
    int more = summary.fields().size() - MOST_FIELDS;
    if (more > 0) {
      lines.add("and " + Plural.of(more, "more field"));
    }
    return lines;
  }

  private static List<String> cells(FieldSummary field) {
    List<String> all =
        List.of(
            field.name(),
            field.role().toString(),
            field.type(),
            String.valueOf(field.missing()),
            String.valueOf(field.distinct()),
            field.lengths().map(LengthSummary::toString).orElse("-"),
            field.role() == FieldRole.INPUT ? String.valueOf(field.nearEmpty()) : "-");
    return IntStream.range(0, all.size())
        .mapToObj(i -> Excerpt.ofLine(all.get(i), MOST.get(i)))
        .toList();
  }

  private static String line(List<String> cells, List<Integer> widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> padded(cells.get(i), widths.get(i), i > 2))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String padded(String text, int width, boolean right) {
    String space = " ".repeat(Math.max(0, width - text.length()));
    return right ? space + text : text + space;
  }

  private List<String> balance() {
    return summary.fields().stream()
        .filter(field -> !field.balance().isEmpty())
        .limit(MOST_FIELDS)
        .map(SummaryTable::balance)
        .toList();
  }

  private static String balance(FieldSummary field) {
    String values =
        field.balance().stream()
            .limit(MOST_VALUES)
            .map(
                share ->
                    new ValueShare(
                        Excerpt.ofLine(share.value(), VALUE), share.count(), share.share()))
            .map(ValueShare::toString)
            .collect(Collectors.joining(", "));
    int more = field.balance().size() - MOST_VALUES;
    String rest = more > 0 ? " and " + Plural.of(more, "more value") : "";
    String name = Excerpt.ofLine(field.name(), MOST.get(0)) + ": ";
    return name + Excerpt.of(values, WIDTH - name.length() - rest.length()) + rest;
  }
}
