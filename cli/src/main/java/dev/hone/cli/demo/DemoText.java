package dev.hone.cli.demo;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.hone.adapter.Demo;
import dev.hone.cli.demo.DemoResult.Row;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.program.PredictorState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A demo's result as text for a terminal of 80 columns or more. */
final class DemoText {
  private static final int DEMOS_SHOWN = 4;
  private static final int LINES_SHOWN = 12;
  private static final int WIDTH = 80;

  private DemoText() {}

  static String heading(DemoTask<?, ?> task, LanguageModel model, long seed) {
    return """
        Hone demo: %s, on the model %s, seed %d
        %d examples to learn from, %d to test on that no optimizer sees
        metric: %s, in points from 0 to 100
        """
        .formatted(
            task.name(),
            model.id(),
            seed,
            task.trainset().size(),
            task.testset().size(),
            task.metricText());
  }

  static String of(DemoResult result) {
    StringBuilder text = new StringBuilder();
    text.append(table(result)).append("\n\n");
    result
        .after()
        .byPredictor()
        .forEach(
            (name, state) -> text.append(change(result.before().of(name), state)).append('\n'));
    text.append("saved     %s%n".formatted(result.artifact()));
    text.append(
        "reloaded  %.1f on the test set, %s%n"
            .formatted(
                100 * result.reloadedTestScore(),
                result.reloadedTestScore() == result.miproV2().testScore()
                    ? "the same as before it was saved"
                    : "NOT the same as before it was saved"));
    text.append("took      %.1f s".formatted(result.duration().toMillis() / 1000.0));
    return text.toString();
  }

  private record Line(String name, Row row) {}

  private static String table(DemoResult result) {
    List<Line> lines =
        List.of(
            new Line("zero-shot baseline", result.baseline()),
            new Line("BootstrapFewShot", result.bootstrapFewShot()),
            new Line("MIPROv2 light", result.miproV2()));
    return AsciiTable.builder()
        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
        .data(
            lines,
            List.of(
                left("program").with(Line::name),
                right("test score").with(line -> points(line.row().testScore())),
                left("95 % interval")
                    .with(
                        line ->
                            points(line.row().interval().lower())
                                + " to "
                                + points(line.row().interval().upper())),
                right("calls to find it")
                    .with(line -> String.valueOf(line.row().optimizationCalls())),
                right("calls to test it").with(line -> String.valueOf(line.row().testCalls()))))
        .asString();
  }

  private static Column left(String header) {
    return new Column()
        .header(header)
        .headerAlign(HorizontalAlign.LEFT)
        .dataAlign(HorizontalAlign.LEFT);
  }

  private static Column right(String header) {
    return new Column()
        .header(header)
        .headerAlign(HorizontalAlign.RIGHT)
        .dataAlign(HorizontalAlign.RIGHT);
  }

  private static String points(double score) {
    return "%.1f".formatted(100 * score);
  }

  private static String change(PredictorState before, PredictorState after) {
    List<String> lines = new ArrayList<>();
    lines.add("it began with");
    lines.addAll(state(before));
    lines.add("what won");
    lines.addAll(state(after));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> state(PredictorState state) {
    List<String> lines = shortened(wrapped("  instructions  ", state.instructions()));
    if (state.demos().isEmpty()) {
      lines.add("  demos         none");
      return lines;
    }
    lines.add("  demos         %d".formatted(state.demos().size()));
    state.demos().stream().limit(DEMOS_SHOWN).map(DemoText::demo).forEach(lines::add);
    if (state.demos().size() > DEMOS_SHOWN) {
      lines.add("                and %d more".formatted(state.demos().size() - DEMOS_SHOWN));
    }
    return lines;
  }

  private static List<String> shortened(List<String> lines) {
    if (lines.size() <= LINES_SHOWN) {
      return new ArrayList<>(lines);
    }
    List<String> shown = new ArrayList<>(lines.subList(0, LINES_SHOWN));
    shown.add(
        "                (and %d lines more, see the saved file)"
            .formatted(lines.size() - LINES_SHOWN));
    return shown;
  }

  /** A demo on one line; a long input is cut, its outputs never. */
  private static String demo(Demo demo) {
    String note = demo.origin() == Demo.Origin.BOOTSTRAPPED ? "  (bootstrapped)" : "";
    String end = " -> " + values(demo.outputs()) + note;
    String input = values(demo.inputs());
    int room = Math.max(10, WIDTH - end.length());
    String cut = input.length() > room ? input.substring(0, room - 1) + "…" : input;
    return " ".repeat(16) + cut + end;
  }

  private static String values(ObjectNode values) {
    return values.properties().stream()
        .map(e -> e.getValue().isString() ? e.getValue().stringValue() : Json.write(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** A text in lines of a readable width, the first behind a label, the others indented alike. */
  private static List<String> wrapped(String label, String text) {
    List<String> lines = new ArrayList<>();
    String indent = " ".repeat(label.length());
    for (String paragraph : text.split("\\R")) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ")) {
        if (line.length() + word.length() + 1 > WIDTH && !line.isEmpty()) {
          lines.add((lines.isEmpty() ? label : indent) + line);
          line = new StringBuilder();
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add((lines.isEmpty() ? label : indent) + line);
    }
    return lines;
  }
}
