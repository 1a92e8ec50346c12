package dev.hone.cli.demo;

import dev.hone.cli.frame.TextLines;
import dev.hone.program.PredictorState;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A predictor's instructions and demos as lines, shortened to what a person reads. */
final class StateText {
  private static final int DEMOS_SHOWN = 4;
  private static final int LINES_SHOWN = 12;
  private static final int LEAST_INPUT = 10;
  private static final String INDENT = " ".repeat(16);

  private StateText() {}

  static List<String> of(PredictorState state) {
    List<String> lines = instructions(state.instructions());
    int demos = state.demos().size();
    lines.add("  demos         " + (demos == 0 ? "none" : demos));
    state.demos().stream().limit(DEMOS_SHOWN).map(StateText::demo).forEach(lines::add);
    if (demos > DEMOS_SHOWN) {
      lines.add(INDENT + "and %d more".formatted(demos - DEMOS_SHOWN));
    }
    return lines;
  }

  private static List<String> instructions(String text) {
    List<String> all = TextLines.wrapped("  instructions  ", text, DemoText.WIDTH);
    List<String> shown = new ArrayList<>(all.subList(0, Math.min(LINES_SHOWN, all.size())));
    if (all.size() > LINES_SHOWN) {
      shown.add(
          INDENT + "(and %d lines more, see the saved file)".formatted(all.size() - LINES_SHOWN));
    }
    return shown;
  }

  /** A demo on one line; a long input is cut, its outputs never. */
  private static String demo(Demo demo) {
    String note = demo.origin() == Demo.Origin.BOOTSTRAPPED ? "  (bootstrapped)" : "";
    String end = "\" -> " + values(demo.outputs()) + note;
    int room = DemoText.WIDTH - INDENT.length() - 1 - end.length();
    return INDENT + '"' + TextLines.cut(values(demo.inputs()), Math.max(LEAST_INPUT, room)) + end;
  }

  private static String values(ObjectNode values) {
    return values.properties().stream()
        .map(field -> value(field.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** A value as people write it: {@code HIGH}, {@code [HATE, SPAM]}. */
  private static String value(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(StateText::value)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value.isString() ? value.stringValue() : value.toString();
  }
}
