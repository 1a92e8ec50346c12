package dev.hone.cli.project;

import dev.hone.cli.frame.TextLines;
import dev.hone.json.Json;
import dev.hone.project.ProjectData;
import dev.hone.project.draft.ColumnUse;
import dev.hone.project.draft.ColumnUse.Role;
import dev.hone.project.draft.DraftFindings;
import dev.hone.project.draft.ProjectDraft;
import dev.hone.text.Plural;
import dev.hone.type.FieldType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code init} says: what each column is taken for, and what is odd.
 *
 * @param draft what was found
 * @param data the file of rows
 * @param file the project file that was written
 * @param rows the rows as they are split; null if they cannot be used yet
 * @param width of the terminal
 */
record InitText(ProjectDraft draft, Path data, Path file, @Nullable ProjectData rows, int width) {

  String text() {
    List<String> lines = new ArrayList<>();
    add(
        lines,
        "",
        "%s: %s, %s".formatted(data, Plural.of(draft.rows(), "row"), draft.format().inWords()));
    lines.add("");
    TextTable table = new TextTable("  ", width);
    table.row("column", "looks like", "used as");
    draft
        .columns()
        .forEach(use -> table.row(use.profile().name(), use.profile().looksLike(), usedAs(use)));
    lines.addAll(table.lines());
    lines.add("");
    DraftFindings findings = draft.findings();
    add(
        lines,
        "  ",
        "repeated rows %d, same input with another label %d, empty cells %d"
            .formatted(findings.repeated(), findings.conflicts().size(), findings.emptyCells()));
    findings.notes().forEach(note -> add(lines, "  - ", note));
    add(lines, "  ", split());
    lines.add("");
    add(
        lines,
        "",
        "wrote %s. Read it: it says what the columns mean, and that is what the model is told."
            .formatted(file));
    return String.join("\n", lines);
  }

  private void add(List<String> lines, String label, String text) {
    lines.addAll(TextLines.wrapped(label, text, Math.max(40, width)));
  }

  private String split() {
    if (rows == null) {
      return "split: " + draft.split().inWords();
    }
    String dropped =
        (rows.leftOut() > 0
                ? "; %s left out, being a test row's too"
                    .formatted(Plural.of(rows.leftOut(), "repeated row"))
                : "")
            + (rows.unlabelled() > 0
                ? "; %s left out".formatted(Plural.of(rows.unlabelled(), "row") + " without label")
                : "");
    return "split (seed %d, by %s): %d to learn, %d to test, which no optimizer sees%s"
        .formatted(
            draft.split().seed(),
            draft.split().by().word(),
            rows.learn().size(),
            rows.test().size(),
            dropped);
  }

  private static String usedAs(ColumnUse use) {
    if (use.role() == Role.IGNORED) {
      return use.why().isEmpty() ? "ignored" : "ignored: " + use.why();
    } else if (use.role() == Role.INPUT) {
      return "input";
    }
    String choice =
        use.profile().type() instanceof FieldType.Choice one
            ? ", one of " + one.allowed().size()
            : "";
    return "output%s (%s)".formatted(choice, ProjectDraft.metricOf(use));
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("project", file.toString()).put("data", data.toString());
    json.put("rows", draft.rows()).put("format", draft.format().inWords());
    ArrayNode columns = json.putArray("columns");
    for (ColumnUse use : draft.columns()) {
      columns
          .addObject()
          .put("name", use.profile().name())
          .put("field", use.fieldName())
          .put("type", use.profile().type().label())
          .put("use", use.role().name().toLowerCase(Locale.ROOT))
          .put("empty", use.profile().empty())
          .put("distinct", use.profile().counts().size());
    }
    DraftFindings findings = draft.findings();
    json.put("repeatedRows", findings.repeated());
    json.put("conflicts", findings.conflicts().size()).put("emptyCells", findings.emptyCells());
    ArrayNode notes = json.putArray("notes");
    findings.notes().forEach(notes::add);
    if (rows != null) {
      json.put("learnRows", rows.learn().size()).put("testRows", rows.test().size());
    }
    return json;
  }
}
