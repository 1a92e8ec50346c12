package dev.hone.cli.exchange;

import dev.hone.cli.frame.TextLines;
import dev.hone.exchange.PortablePredictor;
import dev.hone.json.Json;
import dev.hone.prompt.Demo;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Demos as a table that fits a width; one below the other where columns would be too narrow. */
final class DemoTable {
  private static final int NARROWEST = 12;
  private static final int FROM = 12;
  private static final int GAP = 2;

  private DemoTable() {}

  static List<String> of(PortablePredictor predictor, int width) {
    List<Field> fields = new ArrayList<>(predictor.signature().inputFields());
    fields.addAll(predictor.signature().outputFields());
    List<Demo> demos = predictor.state().demos();
    if (demos.isEmpty()) {
      return List.of("  none");
    }
    int left = width - 2 - number(demos) - GAP - FROM;
    int each = left / fields.size() - GAP;
    return each < NARROWEST ? stacked(demos, fields, width) : table(demos, fields, left);
  }

  private static int number(List<Demo> demos) {
    return String.valueOf(demos.size()).length();
  }

  private static List<String> table(List<Demo> demos, List<Field> fields, int left) {
    int[] widths = widths(demos, fields, left);
    List<String> lines = new ArrayList<>();
    StringBuilder head =
        new StringBuilder("  " + " ".repeat(number(demos)) + "  " + padded("from", FROM));
    for (int f = 0; f < fields.size(); f++) {
      head.append("  ").append(padded(fields.get(f).name(), widths[f]));
    }
    lines.add(head.toString().stripTrailing());
    for (int i = 0; i < demos.size(); i++) {
      StringBuilder line = new StringBuilder("  ");
      line.append(String.format(Locale.ROOT, "%" + number(demos) + "d", i + 1)).append("  ");
      line.append(padded(from(demos.get(i)), FROM));
      for (int f = 0; f < fields.size(); f++) {
        line.append("  ").append(padded(value(demos.get(i), fields.get(f)), widths[f]));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** What columns need, and where that is too much, an equal share of what the others leave. */
  private static int[] widths(List<Demo> demos, List<Field> fields, int left) {
    int[] widths = new int[fields.size()];
    for (int f = 0; f < widths.length; f++) {
      Field field = fields.get(f);
      widths[f] =
          Math.max(
              TextLines.columns(field.name()),
              demos.stream().mapToInt(d -> TextLines.columns(value(d, field))).max().orElse(0));
    }
    int free = left - GAP * widths.length;
    int open = widths.length;
    boolean[] fixed = new boolean[widths.length];
    for (int round = 0; round < widths.length; round++) {
      for (int f = 0; f < widths.length; f++) {
        if (!fixed[f] && widths[f] <= free / open && open > 1) {
          fixed[f] = true;
          free -= widths[f];
          open--;
        }
      }
    }
    for (int f = 0; f < widths.length; f++) {
      widths[f] = fixed[f] ? widths[f] : Math.min(widths[f], Math.max(NARROWEST, free / open));
    }
    return widths;
  }

  private static List<String> stacked(List<Demo> demos, List<Field> fields, int width) {
    List<String> lines = new ArrayList<>();
    int name = fields.stream().mapToInt(f -> f.name().length()).max().orElse(0);
    for (int i = 0; i < demos.size(); i++) {
      lines.add("  " + (i + 1) + "  " + from(demos.get(i)));
      for (Field field : fields) {
        String label = "     " + padded(field.name(), name) + "  ";
        lines.add(
            (label
                    + TextLines.cutToColumns(
                        value(demos.get(i), field), Math.max(NARROWEST, width - label.length())))
                .stripTrailing());
      }
    }
    return lines;
  }

  private static String from(Demo demo) {
    return demo.origin().name().toLowerCase(Locale.ROOT);
  }

  private static String value(Demo demo, Field field) {
    JsonNode value = demo.inputs().get(field.name());
    JsonNode shown = value == null ? demo.outputs().get(field.name()) : value;
    String text = shown == null ? "-" : shown.isString() ? shown.stringValue() : Json.write(shown);
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ");
  }

  private static String padded(String text, int width) {
    String cut = TextLines.cutToColumns(text, width);
    return cut + " ".repeat(Math.max(0, width - TextLines.columns(cut)));
  }
}
