package dev.hone.cli.project;

import dev.hone.cli.frame.TextLines;
import dev.hone.context.Spend;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.metric.Constraint;
import dev.hone.text.Plural;
import dev.hone.text.Rounded;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code evaluate} says to people.
 *
 * @param result what was found
 * @param width of the terminal
 */
record EvaluationText(EvaluationResult result, int width) {
  private static final int WORST_ROWS = 5;

  String text() {
    Evaluation<ObjectNode, ObjectNode> evaluation = result.evaluation();
    List<String> lines = new ArrayList<>();
    add(
        lines,
        "",
        "%s, %s, on %s, %s"
            .formatted(
                result.project().name(),
                result.program(),
                result.model(),
                Plural.of(
                    evaluation.results().size(), result.test() ? "test row" : "learning row")));
    result.looks().ifPresent(looks -> add(lines, "  ", looks.inWords()));
    lines.add("");
    scores(lines);
    failures(lines);
    if (!result.test()) {
      worst(lines);
    }
    evaluation.notes().forEach(note -> add(lines, "  - ", note));
    return String.join("\n", lines).stripTrailing();
  }

  private void add(List<String> lines, String label, String text) {
    lines.addAll(TextLines.wrapped(label, text, Math.max(40, width)));
  }

  private void scores(List<String> lines) {
    Evaluation<ObjectNode, ObjectNode> evaluation = result.evaluation();
    add(
        lines,
        "  ",
        "score %s (%s to %s), %s"
            .formatted(
                Rounded.points(evaluation.score()),
                Rounded.points(evaluation.interval().lower()),
                Rounded.points(evaluation.interval().upper()),
                result.project().metric().name()));
    constraints(lines, evaluation);
    TextTable table = new TextTable("  ", width);
    for (FieldScores field : FieldScores.of(result.project().signature(), evaluation)) {
      String mistake =
          field
              .mistake()
              .map(
                  one ->
                      "most often wrong: %s said %s (%d)"
                          .formatted(one.expected(), one.found(), one.count()))
              .orElse("");
      table.row(field.field(), "%5s".formatted(Rounded.points(field.score())), mistake);
    }
    lines.addAll(table.lines());
    add(lines, "  ", spend(evaluation.spend()));
  }

  private void constraints(List<String> lines, Evaluation<ObjectNode, ObjectNode> evaluation) {
    for (Constraint.Check check : EvaluationJson.checks(evaluation)) {
      add(
          lines,
          "  ",
          "%s %s, at least %s: %s"
              .formatted(
                  check.name(),
                  Rounded.points(check.value()),
                  Rounded.points(check.limit()),
                  check.met() ? "met" : "not shown"));
    }
  }

  private static String spend(Spend spend) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%,d calls", spend.lmCalls()));
    if (spend.cachedCalls() > 0) {
      text.append(String.format(Locale.ROOT, ", %,d cached", spend.cachedCalls()));
    }
    text.append(String.format(Locale.ROOT, ", %,d tokens", spend.usage().totalTokens()));
    return text.append(spend.moneyPhrase()).toString();
  }

  private void failures(List<String> lines) {
    result
        .evaluation()
        .errorsByClass()
        .forEach(
            (kind, group) ->
                add(
                    lines,
                    "  ",
                    "%s failed: %s, such as: %s"
                        .formatted(
                            Plural.of(group.count(), "row"),
                            kind,
                            result.test()
                                ? "(not shown: a test row)"
                                : group.first().error().map(Throwable::getMessage).orElse(""))));
  }

  private void worst(List<String> lines) {
    List<ExampleResult<ObjectNode, ObjectNode>> worst =
        result.evaluation().worst(WORST_ROWS).stream().filter(FailureFile::isWrong).toList();
    if (worst.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("  worst rows (all: --failures FILE)");
    TextTable table = new TextTable("  ", width);
    table.row("given", "expected", "found");
    for (ExampleResult<ObjectNode, ObjectNode> row : worst) {
      table.row(
          values(result.project().signature().inputFields(), row.example().inputJson()),
          row.example().hasLabel()
              ? values(result.project().signature().outputFields(), row.example().expectedJson())
              : "",
          row.output()
              .map(found -> values(result.project().signature().outputFields(), found))
              .orElse("failed"));
    }
    lines.addAll(table.lines());
  }

  private static String values(List<Field> fields, ObjectNode node) {
    String joined =
        fields.stream()
            .map(field -> FieldScores.text(node.path(field.name())))
            .collect(Collectors.joining(", "));
    return TextLines.cut(joined, 200);
  }
}
