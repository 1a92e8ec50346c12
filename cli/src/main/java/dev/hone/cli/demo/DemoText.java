package dev.hone.cli.demo;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import dev.hone.cli.demo.DemoResult.Row;
import dev.hone.cli.demo.DemoResult.Saved;
import dev.hone.cli.frame.TextLines;
import dev.hone.examples.BuiltInTask;
import dev.hone.lm.LanguageModel;
import dev.hone.price.PriceTable;
import dev.hone.program.PredictorState;
import dev.hone.text.Rounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A demo's result as text for a terminal of 80 columns or more. */
final class DemoText {
  static final int WIDTH = 80;

  private static final int CALLS_WIDTH = 10;
  private static final String NO_PROSE =
      "the model inside the process writes notes, not prose: an allowed value, then training"
          + " texts that have it. A real model (--model) writes sentences.";

  private DemoText() {}

  static String heading(BuiltInTask<?, ?> task, LanguageModel model, long seed) {
    return """
        Hone demo: %s, on the model %s, seed %d
        %d examples to learn from, %d to test on that no optimizer sees
        %s
        """
        .formatted(
            task.name(),
            model.id(),
            seed,
            task.trainset().size(),
            task.testset().size(),
            note("metric: ", task.metricText() + ", in points from 0 to 100"));
  }

  static String of(DemoResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(table(result));
    result
        .after()
        .byPredictor()
        .forEach((name, state) -> lines.addAll(change(result, result.before().of(name), state)));
    lines.add("");
    result.notes().forEach(text -> lines.add(note("note      ", text)));
    if (result.saving() instanceof Saved saved) {
      lines.addAll(saved(saved, result.miproV2()));
    }
    if (result.money().leastUsd().signum() > 0) {
      lines.add(
          note(
              "cost      ",
              "%s in all, by the prices of %s"
                  .formatted(result.money(), PriceTable.shipped().date())));
    }
    lines.add(
        String.format(Locale.ROOT, "took      %.1f s", result.duration().toMillis() / 1000.0));
    return String.join("\n", lines);
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
                column("program", HorizontalAlign.LEFT).with(Line::name),
                column("test score", HorizontalAlign.RIGHT)
                    .with(line -> points(line.row().testScore())),
                column("95 % interval", HorizontalAlign.LEFT).with(line -> interval(line.row())),
                calls("calls to find it")
                    .with(line -> String.valueOf(line.row().optimizationCalls())),
                calls("calls to test it").with(line -> String.valueOf(line.row().testCalls()))))
        .asString();
  }

  private static Column column(String header, HorizontalAlign align) {
    return new Column().header(header).headerAlign(align).dataAlign(align);
  }

  private static Column calls(String header) {
    return column(header, HorizontalAlign.RIGHT).maxWidth(CALLS_WIDTH, OverflowBehaviour.NEWLINE);
  }

  private static String interval(Row row) {
    return points(row.interval().lower()) + " to " + points(row.interval().upper());
  }

  private static String points(double score) {
    return Rounded.points(score);
  }

  private static List<String> change(
      DemoResult result, PredictorState before, PredictorState after) {
    List<String> lines = new ArrayList<>(List.of("", "it began with"));
    lines.addAll(StateText.of(before));
    lines.add("what won");
    lines.addAll(StateText.of(after));
    boolean embedded = result.model().startsWith("embedded:");
    if (embedded && !after.instructions().equals(before.instructions())) {
      lines.add(note("  note          ", NO_PROSE));
    }
    return lines;
  }

  private static List<String> saved(Saved saved, Row tested) {
    boolean same = saved.reloadedTestScore() == tested.testScore();
    return List.of(
        "saved     " + saved.artifact(),
        "reloaded  %s on the test set, %s as before it was saved"
            .formatted(points(saved.reloadedTestScore()), same ? "the same" : "NOT the same"));
  }

  private static String note(String label, String text) {
    return String.join("\n", TextLines.wrapped(label, text, WIDTH));
  }
}
