package dev.hone.optimize.bootstrap;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.optimize.task.FittingFields;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes demos of labelled examples, where their fields fit a predictor: every input of the
 * predictor must be a field of the example, and at least one output. A label that is nothing but
 * blank texts is none: shown as a demo, it would teach the model to say nothing.
 */
public final class LabeledDemos {
  private LabeledDemos() {}

  /**
   * The demos that a predictor can have of these examples, in their order; one without a label
   * gives none.
   */
  public static List<Demo> fitting(Predict<?, ?> predict, List<? extends Example<?, ?>> examples) {
    return examples.stream()
        .filter(Example::hasLabel)
        .map(example -> demo(predict, example))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The demos without those that show what an earlier one shows: its inputs and outputs. */
  public static List<Demo> distinct(List<Demo> demos) {
    Set<Shown> seen = new HashSet<>();
    return demos.stream().filter(demo -> seen.add(Shown.of(demo))).toList();
  }

  /** An example with all its fields as a demo; without outputs if it has no label. */
  static Demo whole(Example<?, ?> example) {
    ObjectNode outputs = example.hasLabel() ? example.expectedJson() : Json.object();
    return new Demo(example.inputJson(), outputs, Demo.Origin.LABELED, example.id());
  }

  /** What prompts show of demos, in whatever order. */
  static Set<Shown> shown(List<Demo> demos) {
    return demos.stream().map(Shown::of).collect(Collectors.toSet());
  }

  /** What a prompt shows of a demo. */
  record Shown(ObjectNode inputs, ObjectNode outputs) {
    static Shown of(Demo demo) {
      return new Shown(demo.inputs(), demo.outputs());
    }
  }

  private static Optional<Demo> demo(Predict<?, ?> predict, Example<?, ?> example) {
    ObjectNode values = example.inputJson();
    values.setAll(example.expectedJson());
    ObjectNode inputs = FittingFields.of(predict.signature().inputFields(), values);
    ObjectNode outputs = FittingFields.of(predict.signature().outputFields(), values);
    boolean fits = inputs.size() == predict.signature().inputFields().size();
    return fits && !isBlank(outputs)
        ? Optional.of(new Demo(inputs, outputs, Demo.Origin.LABELED, example.id()))
        : Optional.empty();
  }

  /** Whether there is no value, or each is a text without a word; an empty list is a value. */
  private static boolean isBlank(ObjectNode outputs) {
    return outputs.properties().stream()
        .map(Map.Entry::getValue)
        .allMatch(value -> value.isString() && value.stringValue().isBlank());
  }

  /**
   * The predictors' initial state with a random sample of a limited number of labelled demos each.
   */
  public static ProgramState sampled(
      Predictors predictors, Dataset<?, ?> trainset, int maxDemos, long seed) {
    ProgramState state = predictors.initialState();
    RandomSource random = new RandomSource(seed);
    for (var entry : predictors.byName().entrySet()) {
      String name = entry.getKey();
      List<Demo> fitting = distinct(fitting(entry.getValue(), trainset.examples()));
      List<Demo> demos = RandomSource.sample(fitting, maxDemos, random.of("labeled-demos/" + name));
      state = state.with(name, state.of(name).withDemos(demos));
    }
    return state;
  }
}
