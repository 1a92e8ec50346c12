package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import dev.hone.prompt.Demo;
import dev.hone.prompt.DemoSelection;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is learnt about one predictor.
 *
 * @param instructions the text of what the model is to do
 * @param demos worked examples shown to it, in order; empty for none
 * @param selection which of the demos a call shows; default: all
 * @param toolDescriptions what is said of tools instead of their own descriptions, by their names;
 *     a name that the predictor has no tool of has no effect; default: none
 */
public record PredictorState(
    String instructions,
    List<Demo> demos,
    DemoSelection selection,
    Map<String, String> toolDescriptions) {
  /** Copies the demos, and checks that there is a vector for each where they are chosen by one. */
  public PredictorState {
    int missing = new ArrayList<>(demos).indexOf(null);
    if (missing >= 0) {
      throw InvalidInputException.of(
          "Demo %d of %d is null".formatted(missing, demos.size()), "leave it out");
    }
    demos = List.copyOf(demos);
    toolDescriptions = Collections.unmodifiableMap(new TreeMap<>(toolDescriptions));
    if (selection instanceof DemoSelection.Nearest nearest
        && nearest.vectors().size() != demos.size()) {
      throw InvalidInputException.of(
          "There are %s and %s, expected a vector for each demo"
              .formatted(
                  Plural.of(demos.size(), "demo"), Plural.of(nearest.vectors().size(), "vector")),
          "embed the inputs of each demo");
    }
  }

  /** A state whose demos are all shown. */
  public PredictorState(String instructions, List<Demo> demos) {
    this(instructions, demos, DemoSelection.all());
  }

  /** A state in whose prompts tools have their own descriptions. */
  public PredictorState(String instructions, List<Demo> demos, DemoSelection selection) {
    this(instructions, demos, selection, Map.of());
  }

  /** A copy that says other things of tools, by their names, and nothing else of any other. */
  public PredictorState withToolDescriptions(Map<String, String> value) {
    return new PredictorState(instructions, demos, selection, value);
  }

  /** Tools as this state describes them. */
  List<ToolSpec> described(List<ToolSpec> tools) {
    return toolDescriptions.isEmpty()
        ? tools
        : tools.stream()
            .map(
                tool ->
                    tool.withDescription(
                        toolDescriptions.getOrDefault(tool.name(), tool.description())))
            .toList();
  }

  /** A copy with other instructions. */
  public PredictorState withInstructions(String text) {
    return new PredictorState(text, demos, selection, toolDescriptions);
  }

  /** A copy that shows all of these demos and no others. */
  public PredictorState withDemos(List<Demo> value) {
    return withDemos(value, DemoSelection.all());
  }

  /** A copy with other demos, of which each call shows some. */
  public PredictorState withDemos(List<Demo> value, DemoSelection choice) {
    return new PredictorState(instructions, value, choice, toolDescriptions);
  }

  /** A copy without some demos; the others are shown as before. */
  public PredictorState withoutDemos(Predicate<Demo> dropped) {
    int[] kept =
        IntStream.range(0, demos.size()).filter(i -> !dropped.test(demos.get(i))).toArray();
    if (kept.length == demos.size()) {
      return this;
    }
    DemoSelection rest = selection;
    if (selection instanceof DemoSelection.Nearest nearest) {
      rest =
          new DemoSelection.Nearest(
              nearest.k(),
              nearest.embedderId(),
              IntStream.of(kept).mapToObj(nearest.vectors()::get).toList());
    }
    return withDemos(IntStream.of(kept).mapToObj(demos::get).toList(), rest);
  }

  /** The state as JSON: equal states, equal JSON. */
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("instructions", instructions);
    ArrayNode array = node.putArray("demos");
    demos.forEach(demo -> array.add(demo.toJson()));
    if (selection instanceof DemoSelection.Nearest nearest) {
      node.set("nearest", nearest.toJson());
    }
    if (!toolDescriptions.isEmpty()) {
      ObjectNode tools = node.putObject("toolDescriptions");
      toolDescriptions.forEach(tools::put);
    }
    return node;
  }
}
