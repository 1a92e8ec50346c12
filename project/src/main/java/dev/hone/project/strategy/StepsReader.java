package dev.hone.project.strategy;

import dev.hone.project.field.FieldReader;
import dev.hone.project.field.ProjectField;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import dev.hone.project.yaml.YamlNodes;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Reads the steps of a program, and checks how data flows between them. */
public final class StepsReader {
  /** The keys of a step. */
  public static final List<String> KEYS = List.of("task", "takes", "gives", "strategy");

  private final Problems problems;
  private final Map<String, Field> known = new LinkedHashMap<>();
  private final Map<String, Field> outputs = new LinkedHashMap<>();
  private final Set<String> given = new LinkedHashSet<>();

  /** A reader of the steps between the inputs and outputs of a project. */
  public StepsReader(List<Field> inputs, List<Field> outputs, Problems problems) {
    this.problems = problems;
    inputs.forEach(field -> known.put(field.name(), field));
    outputs.forEach(field -> this.outputs.put(field.name(), field));
  }

  /** The steps, in order. */
  public List<Step> read(YamlNode node, String path) {
    List<Step> steps = new ArrayList<>();
    if (!node.isMap()) {
      problems.add(
          node, path, "steps by name", "write steps: { facts: { gives: ... }, decide: ... }");
      return steps;
    }
    for (YamlNode.Entry entry : node.entries()) {
      step(entry, path + "." + entry.key()).ifPresent(steps::add);
    }
    for (String output : outputs.keySet()) {
      if (!given.contains(output)) {
        problems.add(
            node,
            path,
            "no step that gives " + output,
            "one for each output",
            "add it to the key gives of the last step");
      }
    }
    return steps;
  }

  private Optional<Step> step(YamlNode.Entry entry, String path) {
    YamlMap map = YamlMap.of(entry.value(), path, problems, KEYS);
    String name = entry.key();
    if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
      problems.add(
          entry,
          path,
          "the name \"" + name + "\"",
          "letters, digits and underscores",
          "rename it to " + name.replaceAll("[^\\p{L}\\p{N}_]+", "_"));
    }
    List<Field> takes = takes(map);
    List<Field> gives = gives(map);
    StrategySpec strategy =
        map.get("strategy")
            .map(node -> new StrategyReader(problems).read(node, map.path("strategy")))
            .orElse(StrategySpec.PREDICT);
    gives.forEach(field -> known.put(field.name(), field));
    if (takes.isEmpty() || gives.isEmpty()) {
      return Optional.empty();
    }
    Signature<ObjectNode, ObjectNode> signature =
        problems.made(
            YamlNodes.at(entry),
            path,
            () ->
                Signature.of(
                    Codec.ofJson(takes), Codec.ofJson(gives), map.text("task").orElse("")));
    return Optional.ofNullable(signature).map(made -> new Step(name, made, strategy));
  }

  private List<Field> takes(YamlMap map) {
    if (!map.has("takes")) {
      return List.copyOf(known.values());
    }
    List<Field> takes = new ArrayList<>();
    for (String name : map.texts("takes")) {
      Field field = known.get(name);
      if (field == null) {
        String fix =
            NearestName.of(name, known.keySet())
                .map(near -> "write " + near)
                .orElse("give it in an earlier step");
        problems.add(
            map.get("takes").orElse(map.node()),
            map.path("takes"),
            "\"" + name + "\"",
            "an input, or what an earlier step gives: " + String.join(", ", known.keySet()),
            fix);
      } else {
        takes.add(field);
      }
    }
    return takes;
  }

  private List<Field> gives(YamlMap map) {
    Optional<YamlNode> node = map.get("gives");
    if (node.isEmpty()) {
      problems.add(
          map.node(),
          map.path(),
          "no key gives",
          "what the step gives",
          "write gives: [%s]".formatted(outputs.keySet().stream().findFirst().orElse("answer")));
      return List.of();
    }
    List<Field> gives = new ArrayList<>();
    for (ProjectField read : new FieldReader(problems).fields(node.get(), map.path("gives"))) {
      Field field = outputs.getOrDefault(read.field().name(), read.field());
      if (known.containsKey(field.name())) {
        problems.add(
            node.get(),
            map.path("gives"),
            "\"" + field.name() + "\", which is known before the step",
            "a name of its own",
            "rename it");
      } else {
        given.add(field.name());
        gives.add(field);
      }
    }
    return gives;
  }
}
