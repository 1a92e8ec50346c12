package dev.hone.exchange;

import dev.hone.json.Json;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Project files of what was imported. Immutable and thread-safe. */
public final class ProjectYaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();

  private final ObjectNode root = Json.object();

  private ProjectYaml() {}

  /**
   * A project file with a task and fields.
   *
   * @param data the data file, relative to the project file; empty for none
   * @param task what the model is to do; empty to leave it to the fields
   */
  public static ProjectYaml of(String data, String task, List<Field> inputs, List<Field> outputs) {
    ProjectYaml yaml = new ProjectYaml();
    if (!data.isEmpty()) {
      yaml.root.put("data", data);
    }
    if (!task.isEmpty()) {
      yaml.root.put("task", task);
    }
    yaml.root.set("inputs", fields(inputs));
    yaml.root.set("outputs", fields(outputs));
    return yaml;
  }

  /** A copy with one more key at its end. */
  public ProjectYaml with(String key, String value) {
    ProjectYaml copy = new ProjectYaml();
    copy.root.setAll(root);
    copy.root.put(key, value);
    return copy;
  }

  /**
   * A step of a program of several.
   *
   * @param name its name
   * @param task what it is to do
   * @param takes its inputs, known before it
   * @param gives its outputs
   * @param strategy how it comes to its answer; empty for the default
   */
  public record StepText(
      String name, String task, List<Field> takes, List<Field> gives, String strategy) {}

  /** A copy with the steps of a program. */
  public ProjectYaml withSteps(List<StepText> steps) {
    ProjectYaml copy = new ProjectYaml();
    copy.root.setAll(root);
    ObjectNode all = copy.root.putObject("steps");
    for (StepText step : steps) {
      ObjectNode node = all.putObject(step.name()).put("task", step.task());
      step.takes().forEach(field -> node.withArrayProperty("takes").add(field.name()));
      node.set("gives", fields(step.gives()));
      if (!step.strategy().isEmpty()) {
        node.put("strategy", step.strategy());
      }
    }
    return copy;
  }

  /** The file's text. */
  public String toText() {
    return MAPPER.writeValueAsString(root);
  }

  /** Fields as a project file has them: {@code name: description}, or keys below the name. */
  private static ObjectNode fields(List<Field> fields) {
    ObjectNode node = Json.object();
    fields.forEach(field -> node.set(field.name(), field(field)));
    return node;
  }

  private static JsonNode field(Field field) {
    boolean plain =
        field.type() instanceof FieldType.Text text
            && !text.reasoning()
            && field.constraints().equals(Constraints.NONE);
    if (plain) {
      return field.description().isEmpty()
          ? NullNode.getInstance()
          : StringNode.valueOf(field.description());
    }
    ObjectNode node = type(field.type());
    if (!field.description().isEmpty()) {
      node.put("describe", field.description());
    }
    limits(field.constraints(), node);
    return node;
  }

  private static void limits(Constraints limits, ObjectNode node) {
    if (Double.isFinite(limits.min())) {
      node.put("min", limits.min());
    }
    if (Double.isFinite(limits.max())) {
      node.put("max", limits.max());
    }
    if (limits.minSize() > 0) {
      node.put("min size", limits.minSize());
    }
    if (limits.maxSize() < Integer.MAX_VALUE) {
      node.put("max size", limits.maxSize());
    }
  }

  private static ObjectNode type(FieldType type) {
    ObjectNode node = Json.object();
    if (type instanceof OptionalOf optional) {
      return type(optional.type()).put("optional", true);
    } else if (type instanceof Choice choice) {
      choice(choice, node);
    } else if (type instanceof ListOf list) {
      node.set("list of", item(list.item()));
    } else if (type instanceof SetOf set) {
      node.set("set of", item(set.item()));
    } else if (type instanceof MapOf map) {
      node.set("map of", item(map.value()));
    } else if (type instanceof ObjectOf object) {
      node.set("fields", fields(object.fields()));
    } else {
      node.put("type", word(type));
    }
    return node;
  }

  private static void choice(Choice choice, ObjectNode node) {
    boolean described = choice.allowed().stream().anyMatch(a -> !a.description().isEmpty());
    if (described) {
      ObjectNode values = node.putObject("one of");
      choice.allowed().forEach(a -> values.put(a.name(), a.description()));
    } else {
      ArrayNode values = node.putArray("one of");
      choice.names().forEach(values::add);
    }
  }

  private static JsonNode item(FieldType type) {
    ObjectNode node = type(type);
    return node.size() == 1 && node.has("type") ? node.get("type") : node;
  }

  private static String word(FieldType type) {
    if (type instanceof FieldType.Whole) {
      return "whole number";
    } else if (type instanceof FieldType.Decimal number) {
      return number.exact() ? "exact number" : "number";
    } else if (type instanceof FieldType.Bool) {
      return "true or false";
    } else if (type instanceof FieldType.Any) {
      return "json";
    } else if (type instanceof FieldType.Text text) {
      return text.reasoning() ? "reasoning" : "text";
    } else if (type instanceof FieldType.Temporal temporal) {
      return switch (temporal.kind()) {
        case DATE -> "date";
        case TIME -> "time";
        case DATE_TIME -> "date and time";
        case INSTANT -> "moment";
        case OFFSET_DATE_TIME -> "date, time and offset";
        case DURATION -> "duration";
      };
    }
    return type.typeName();
  }
}
