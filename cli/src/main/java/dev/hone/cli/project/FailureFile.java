package dev.hone.cli.project;

import dev.hone.InvalidInputException;
import dev.hone.evaluate.ExampleResult;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.project.ProgramFile;
import dev.hone.project.data.DataFormat;
import dev.hone.type.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows that are not fully right, as CSV: inputs, each output as expected and as found, the
 * score, and why.
 *
 * @param file where they are written
 */
record FailureFile(Path file) {
  static boolean isWrong(ExampleResult<ObjectNode, ObjectNode> row) {
    return row.score().isEmpty() || row.score().getAsDouble() < 1;
  }

  /** Writes them; gives their number. */
  int write(EvaluationResult result) {
    ProgramFile project = result.project();
    List<ExampleResult<ObjectNode, ObjectNode>> wrong =
        result.evaluation().results().stream().filter(FailureFile::isWrong).toList();
    StringBuilder text = new StringBuilder(DataFormat.csv().line(header(project)));
    wrong.forEach(row -> text.append(DataFormat.csv().line(cells(project, row))));
    try {
      new WholeFile(file, "failures.csv").write(text.toString());
    } catch (UnwritableFileException e) {
      throw new InvalidInputException(
          "--failures %s cannot be written: %s. Maybe %s.".formatted(file, e.problem(), e.fix()),
          e);
    }
    return wrong.size();
  }

  private static List<String> header(ProgramFile project) {
    List<String> names = new ArrayList<>();
    project.signature().inputFields().forEach(field -> names.add(field.name()));
    for (Field field : project.signature().outputFields()) {
      names.add(field.name() + "_expected");
      names.add(field.name() + "_found");
    }
    names.add("hone_score");
    names.add("hone_why");
    return names;
  }

  private static List<String> cells(
      ProgramFile project, ExampleResult<ObjectNode, ObjectNode> row) {
    DataFormat csv = DataFormat.csv();
    List<String> cells = new ArrayList<>();
    for (Field field : project.signature().inputFields()) {
      cells.add(csv.cell(field.type(), row.example().inputJson().get(field.name())));
    }
    for (Field field : project.signature().outputFields()) {
      cells.add(
          row.example().hasLabel()
              ? csv.cell(field.type(), row.example().expectedJson().get(field.name()))
              : "");
      cells.add(
          row.output().map(found -> csv.cell(field.type(), found.get(field.name()))).orElse(""));
    }
    cells.add(
        row.score().isPresent()
            ? String.format(Locale.ROOT, "%.3f", row.score().getAsDouble())
            : "");
    cells.add(why(row));
    return cells;
  }

  private static String why(ExampleResult<ObjectNode, ObjectNode> row) {
    return row.error()
        .map(error -> String.valueOf(error.getMessage()))
        .orElseGet(
            () ->
                row.outcome() instanceof dev.hone.evaluate.Outcome.Scored<ObjectNode> scored
                    ? scored.score().feedback()
                    : "");
  }
}
