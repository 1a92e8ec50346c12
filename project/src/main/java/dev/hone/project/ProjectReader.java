package dev.hone.project;

import dev.hone.InvalidInputException;
import dev.hone.project.data.DataSpec;
import dev.hone.project.data.SplitSpec;
import dev.hone.project.field.FieldReader;
import dev.hone.project.field.ProjectField;
import dev.hone.project.metric.MetricReader;
import dev.hone.project.metric.MetricSpec;
import dev.hone.project.model.BudgetReader;
import dev.hone.project.model.ModelChoice;
import dev.hone.project.optimizer.OptimizerCatalog;
import dev.hone.project.optimizer.OptimizerSettings;
import dev.hone.project.strategy.Step;
import dev.hone.project.strategy.StepsReader;
import dev.hone.project.strategy.StrategyReader;
import dev.hone.project.strategy.StrategySpec;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import dev.hone.project.yaml.YamlNodes;
import dev.hone.project.yaml.YamlTree;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads a project file part by part, and tells all that is wrong with it at once. */
final class ProjectReader {
  /** The keys of a project file. */
  static final List<String> KEYS =
      List.of(
          "data",
          "task",
          "inputs",
          "outputs",
          "strategy",
          "steps",
          "metric",
          "model",
          "teacher",
          "proposer",
          "split",
          "budget",
          "optimizer");

  private final Problems problems = new Problems();
  private final String name;

  private ProjectReader(String name) {
    this.name = name;
  }

  static ProjectParts read(String text, String name) {
    ProjectReader reader = new ProjectReader(name);
    Optional<YamlNode> root = YamlTree.read(text, reader.problems);
    @Nullable ProjectParts parts = root.map(reader::parts).orElse(null);
    if (parts == null || !reader.problems.isEmpty()) {
      throw new ProgramFileException(name, reader.problems.all());
    }
    return parts;
  }

  private @Nullable ProjectParts parts(YamlNode root) {
    YamlMap map = YamlMap.of(root, "", problems, KEYS);
    List<ProjectField> inputs = fields(map, "inputs", "{ text: what the customer wrote }");
    List<ProjectField> outputs = fields(map, "outputs", "{ topic: { one of: [BILLING, OTHER] } }");
    @Nullable Signature<ObjectNode, ObjectNode> signature = signature(map, inputs, outputs);
    DataSpec data =
        map.get("data").map(node -> DataSpec.read(node, "data", problems)).orElse(DataSpec.none());
    List<ProjectField> all = new ArrayList<>(inputs);
    all.addAll(outputs);
    checkColumns(map, data, all);
    StrategySpec strategy =
        map.get("strategy")
            .map(node -> new StrategyReader(problems).read(node, "strategy"))
            .orElse(StrategySpec.PREDICT);
    List<Step> steps = steps(map, inputs, outputs);
    ProjectParts.Models models =
        new ProjectParts.Models(model(map, "model"), model(map, "teacher"), model(map, "proposer"));
    SplitSpec split =
        map.get("split")
            .map(node -> SplitSpec.read(node, "split", problems))
            .orElse(SplitSpec.defaults());
    Optional<YamlNode> budget = map.get("budget");
    budget.ifPresent(node -> BudgetReader.read(node, "budget", problems));
    OptimizerSettings optimizer = optimizer(map);
    if (signature == null) {
      return null;
    }
    MetricSpec metric =
        map.get("metric")
            .map(node -> new MetricReader(signature, problems).read(node, "metric"))
            .orElseGet(() -> MetricReader.byField(signature));
    return new ProjectParts(
        data, signature, all, strategy, steps, metric, models, split, budget, optimizer);
  }

  private List<ProjectField> fields(YamlMap map, String key, String example) {
    Optional<YamlNode> node = map.get(key);
    if (node.isEmpty() && map.node().isMap()) {
      problems.add(
          map.node(), "", "no key " + key, "the " + key, "write %s: %s".formatted(key, example));
    }
    return node.map(one -> new FieldReader(problems).fields(one, key)).orElse(List.of());
  }

  private @Nullable Signature<ObjectNode, ObjectNode> signature(
      YamlMap map, List<ProjectField> inputs, List<ProjectField> outputs) {
    String task = map.text("task").orElse("");
    if (inputs.isEmpty() || outputs.isEmpty()) {
      return null;
    }
    return problems.made(
        map.get("outputs").orElse(map.node()),
        "outputs",
        () -> Signature.of(Codec.ofJson(bare(inputs)), Codec.ofJson(bare(outputs)), task));
  }

  private static List<Field> bare(List<ProjectField> fields) {
    return fields.stream().map(ProjectField::field).toList();
  }

  private void checkColumns(YamlMap map, DataSpec data, List<ProjectField> fields) {
    List<String> names = fields.stream().map(field -> field.field().name()).toList();
    for (Map.Entry<String, String> entry : data.fieldByColumn().entrySet()) {
      if (!names.isEmpty() && !names.contains(entry.getValue())) {
        problems.addUnknown(
            map.get("data").orElse(map.node()), "data.columns", entry.getValue(), names);
      }
    }
  }

  private List<Step> steps(YamlMap map, List<ProjectField> inputs, List<ProjectField> outputs) {
    Optional<YamlNode> node = map.get("steps");
    if (node.isPresent() && map.has("strategy")) {
      map.problem("strategy", "steps or a strategy, not both", "say it in a step");
    }
    return node.map(
            one -> new StepsReader(bare(inputs), bare(outputs), problems).read(one, "steps"))
        .orElse(List.of());
  }

  private Optional<ModelChoice> model(YamlMap map, String key) {
    return map.get(key).flatMap(node -> ModelChoice.read(node, key, problems));
  }

  private OptimizerSettings optimizer(YamlMap map) {
    Optional<YamlNode> node = map.get("optimizer");
    if (node.isEmpty()) {
      return OptimizerSettings.none();
    }
    if (node.get().isScalar()) {
      OptimizerSettings settings = OptimizerSettings.of(node.get().text());
      problems.made(
          node.get(), "optimizer", () -> OptimizerCatalog.make(settings, Optional.empty()));
      return settings;
    }
    return optimizer(node.get());
  }

  private OptimizerSettings optimizer(YamlNode node) {
    if (!node.isMap()) {
      problems.add(node, "optimizer", "a name, or a name and settings", "write MIPROv2 light");
      return OptimizerSettings.none();
    }
    OptimizerSettings settings = OptimizerSettings.none();
    for (YamlNode.Entry entry : node.entries()) {
      if (entry.key().equals("name")) {
        settings = settings.withOptimizer(entry.value().text());
        OptimizerSettings named = settings;
        problems.made(
            entry.value(), "optimizer.name", () -> OptimizerCatalog.settingsOf(named.optimizer()));
      }
    }
    for (YamlNode.Entry entry : node.entries()) {
      if (!entry.key().equals("name")) {
        settings = setting(settings, entry);
      }
    }
    return settings;
  }

  /** Each setting is tried alone, so that all that are wrong are told at once. */
  private OptimizerSettings setting(OptimizerSettings settings, YamlNode.Entry entry) {
    String value =
        entry.value().isList()
            ? entry.value().items().stream().map(YamlNode::text).collect(Collectors.joining(" | "))
            : entry.value().text();
    OptimizerSettings one = OptimizerSettings.of(settings.optimizer()).with(entry.key(), value);
    YamlNode at = YamlNodes.at(entry);
    try {
      OptimizerCatalog.settingsOf(settings.optimizer());
    } catch (InvalidInputException e) {
      return settings; // said of the name
    }
    problems.made(
        at, "optimizer." + entry.key(), () -> OptimizerCatalog.make(one, Optional.empty()));
    return settings.with(entry.key(), value);
  }

  @Override
  public String toString() {
    return "ProjectReader[" + name + "]";
  }
}
