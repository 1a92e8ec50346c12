package dev.hone.project.draft;

import dev.hone.project.data.DataFormat;
import dev.hone.project.data.SplitSpec;
import dev.hone.project.draft.ColumnUse.Role;
import dev.hone.project.field.TypeWords;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a project file that people can read. */
final class DraftYaml {
  private final String dataFile;
  private final DataFormat format;
  private final List<ColumnUse> uses;
  private final String task;
  private final SplitSpec split;

  DraftYaml(
      String dataFile, DataFormat format, List<ColumnUse> uses, String task, SplitSpec split) {
    this.dataFile = dataFile;
    this.format = format;
    this.uses = uses;
    this.task = task;
    this.split = split;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("# yaml-language-server: $schema=.hone/hone.schema.json\n");
    text.append(
        "# What the columns mean is said to the model: make task and descriptions clear.\n\n");
    text.append(data());
    text.append("\ntask: ").append(YamlText.line(task)).append("\n\ninputs:\n");
    uses.stream().filter(use -> use.role() == Role.INPUT).forEach(use -> text.append(field(use)));
    text.append("\noutputs:\n");
    uses.stream().filter(use -> use.role() == Role.OUTPUT).forEach(use -> text.append(field(use)));
    text.append(ignored());
    text.append("\n# Also: answer exact match, f1, jaccard, contains, within; macro f1, recall,\n");
    text.append("# kappa, ... of all rows; or a judge: { judge: what a good answer is }\n");
    if (uses.stream().anyMatch(u -> u.role() == Role.OUTPUT && isDecimal(u.profile().type()))) {
      text.append("# within(FIELD, 1): right if at most 1 off. That is a guess: set it.\n");
    }
    text.append("metric: ").append(metric()).append("\n");
    text.append("\n# embedded needs no key; or openai:gpt-4o-mini, openai-compatible:MODEL@URL\n");
    text.append("model: embedded\n");
    text.append(
        "\n# The test rows are seen by no optimizer; by: label gives each label its share.\n");
    text.append("split: { test: ").append(test());
    text.append(", by: ").append(split.by().word()).append(", seed: ").append(split.seed());
    text.append(" }\n\n# strategy: chain of thought     # default: predict\n");
    text.append("# optimizer: MIPROv2 light       # the default\n");
    text.append("# budget: { calls: 500, money: 1.00 }\n");
    return text.toString();
  }

  private String data() {
    boolean usual =
        format.inWords().equals("comma, UTF-8") || format.inWords().equals("JSON lines, UTF-8");
    if (usual) {
      return "data: %s\n".formatted(YamlText.of(dataFile));
    }
    StringBuilder text = new StringBuilder("data:\n  file: " + YamlText.of(dataFile) + "\n");
    if (format.kind() == DataFormat.Kind.CSV) {
      text.append("  separator: ").append(separator()).append("\n");
    }
    text.append("  encoding: ").append(format.encodingInWords()).append("\n");
    if (format.isDecimalComma()) {
      text.append("  decimal comma: true\n");
    }
    format
        .datePattern()
        .ifPresent(
            pattern -> text.append("  date format: ").append(YamlText.of(pattern)).append("\n"));
    return text.toString();
  }

  private String separator() {
    return switch (format.separator()) {
      case ',' -> "comma";
      case ';' -> "semicolon";
      case '\t' -> "tab";
      case '|' -> "pipe";
      default -> "\"" + format.separator() + "\"";
    };
  }

  private String field(ColumnUse use) {
    StringBuilder text = new StringBuilder("  " + use.fieldName() + ":");
    boolean same = use.fieldName().equals(use.profile().name());
    FieldType type = use.role() == Role.INPUT ? open(use.profile().type()) : use.profile().type();
    boolean optional =
        use.profile().empty() > 0
            && !(use.profile().isText() && use.role() == Role.INPUT)
            && (use.role() == Role.INPUT || outputs() > 1);
    if (type instanceof FieldType.Text && same && !optional) {
      return text.append(" ").append(describe(use)).append("\n").toString();
    }
    text.append("\n");
    if (!same) {
      text.append("    column: ").append(YamlText.of(use.profile().name())).append("\n");
    }
    text.append("    describe: ").append(describe(use)).append("\n");
    text.append(type(type, "    "));
    if (optional) {
      text.append("    optional: true   # ").append(use.profile().empty()).append(" empty\n");
    }
    return text.toString();
  }

  private long outputs() {
    return uses.stream().filter(use -> use.role() == Role.OUTPUT).count();
  }

  /** A first description: the column's name in words. */
  private static String describe(ColumnUse use) {
    String words = use.profile().name().replaceAll("[_-]+", " ").strip();
    return YamlText.line("the " + words);
  }

  /** What an input is: never only what happened to be in these rows. */
  private static FieldType open(FieldType type) {
    if (type instanceof FieldType.Choice) {
      return new FieldType.Text();
    } else if (type instanceof FieldType.ListOf list) {
      return new FieldType.ListOf(open(list.item()));
    } else if (type instanceof FieldType.SetOf set) {
      return new FieldType.ListOf(open(set.item()));
    } else if (type instanceof FieldType.OptionalOf optional) {
      return new FieldType.OptionalOf(open(optional.type()));
    } else if (type instanceof FieldType.ObjectOf object) {
      return new FieldType.ObjectOf(
          object.name(),
          object.fields().stream()
              .map(f -> new Field(f.name(), open(f.type()), f.description(), f.constraints()))
              .toList());
    }
    return type;
  }

  private static String type(FieldType type, String indent) {
    FieldType bare = type.withoutOptional();
    String optional = type instanceof FieldType.OptionalOf ? indent + "optional: true\n" : "";
    if (bare instanceof FieldType.Choice choice) {
      return indent + "one of: " + YamlText.list(choice.names()) + "\n" + optional;
    } else if (bare instanceof FieldType.ListOf list) {
      return indent + "list of:" + item(list.item(), indent) + optional;
    } else if (bare instanceof FieldType.SetOf set) {
      return indent + "set of:" + item(set.item(), indent) + optional;
    } else if (bare instanceof FieldType.ObjectOf object) {
      StringBuilder text = new StringBuilder(indent + "fields:\n");
      for (Field field : object.fields()) {
        text.append(indent).append("  ").append(field.name()).append(":");
        text.append(item(field.type(), indent + "  "));
      }
      return text + optional;
    } else if (bare instanceof FieldType.Text && optional.isEmpty()) {
      return "";
    }
    String word = TypeWords.word(bare).orElse("json");
    return indent + "type: " + word + "\n" + optional;
  }

  private static String item(FieldType type, String indent) {
    Optional<String> word = TypeWords.word(type);
    return word.isPresent() && !(type instanceof FieldType.OptionalOf)
        ? (indent.length() > 4 || !word.get().equals("text")
                ? " { type: " + word.get() + " }"
                : " text")
            + "\n"
        : "\n" + type(type, indent + "  ");
  }

  private String ignored() {
    List<String> names =
        uses.stream()
            .filter(use -> use.role() == Role.IGNORED)
            .map(
                use ->
                    use.profile().name()
                        + (use.why().startsWith("--") ? "" : " (" + use.why() + ")"))
            .toList();
    return names.isEmpty()
        ? ""
        : "\n# Ignored columns: " + String.join(", ", names).replaceAll("\\p{Cntrl}", " ") + "\n";
  }

  private String metric() {
    List<String> terms =
        uses.stream().filter(use -> use.role() == Role.OUTPUT).map(use -> term(use)).toList();
    return terms.size() == 1
        ? terms.get(0)
        : terms.stream().collect(Collectors.joining(", ", "mean of ", ""));
  }

  private static String term(ColumnUse use) {
    FieldType type = use.profile().type();
    String distance = isDecimal(type) ? ", 1" : "";
    return "%s(%s%s)".formatted(metricOf(type), use.fieldName(), distance);
  }

  private static boolean isDecimal(FieldType type) {
    return type.withoutOptional() instanceof FieldType.Decimal;
  }

  static String metricOf(FieldType type) {
    FieldType bare = type.withoutOptional();
    if (bare instanceof FieldType.ListOf || bare instanceof FieldType.SetOf) {
      return "jaccard";
    }
    return bare instanceof FieldType.Text ? "f1" : isDecimal(bare) ? "within" : "exact";
  }

  private String test() {
    return split.count() > 0
        ? String.valueOf(split.count())
        : Math.round(100 * split.share()) + "%";
  }
}
