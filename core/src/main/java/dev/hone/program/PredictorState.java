package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Demo;
import dev.hone.json.Json;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
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
 */
public record PredictorState(String instructions, List<Demo> demos, DemoSelection selection) {
  /** Copies the demos, and checks that there is a vector for each where they are chosen by one. */
  public PredictorState {
    int missing = new ArrayList<>(demos).indexOf(null);
    if (missing >= 0) {
      throw InvalidInputException.of(
          "Demo %d of %d is null".formatted(missing, demos.size()), "leave it out");
    }
    demos = List.copyOf(demos);
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

  /** A copy with other instructions. */
  public PredictorState withInstructions(String text) {
    return new PredictorState(text, demos, selection);
  }

  /** A copy that shows all of these demos and no others. */
  public PredictorState withDemos(List<Demo> value) {
    return new PredictorState(instructions, value);
  }

  /** A copy with other demos, of which each call shows some. */
  public PredictorState withDemos(List<Demo> value, DemoSelection choice) {
    return new PredictorState(instructions, value, choice);
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
    return new PredictorState(instructions, IntStream.of(kept).mapToObj(demos::get).toList(), rest);
  }

  /** The state as JSON: equal states, equal JSON. */
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("instructions", instructions);
    ArrayNode array = node.putArray("demos");
    demos.forEach(demo -> array.add(demo.toJson()));
    if (selection instanceof DemoSelection.Nearest nearest) {
      node.set("nearest", nearest.toJson());
    }
    return node;
  }
}
