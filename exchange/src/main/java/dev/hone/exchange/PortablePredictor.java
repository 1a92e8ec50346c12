package dev.hone.exchange;

import dev.hone.adapter.Adapter;
import dev.hone.compiled.Compiled;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ToolSpec;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.prompt.Demo;
import dev.hone.prompt.DemoSelection;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * One predictor of a program: its fields, and what it says to a model. Immutable and thread-safe.
 */
public final class PortablePredictor {
  private static final String CHAIN = "predict";

  private final String name;
  private final Compiled<?, ?> compiled;
  private final String nameInside;
  private final Predict<?, ?> predict;

  PortablePredictor(String name, Compiled<?, ?> compiled, String nameInside) {
    this.name = name;
    this.compiled = compiled;
    this.nameInside = nameInside;
    this.predict = Objects.requireNonNull(compiled.predictors().byName().get(nameInside));
  }

  /** Its name: the path of fields that leads to it, {@code self} for a predictor on its own. */
  public String name() {
    return name;
  }

  /** Its fields; the outputs of a chain of thought begin with {@code reasoning}. */
  public Signature<?, ?> signature() {
    return predict.signature();
  }

  /** Its instructions and demos. */
  public PredictorState state() {
    return compiled.state().of(nameInside);
  }

  /** Whether it is that of a chain of thought, by its name and its first output. */
  public boolean isChainOfThought() {
    return (name.equals(CHAIN) || name.endsWith("." + CHAIN))
        && outputFields().size() > 1
        && outputFields().get(0).name().equals(ChainOfThought.REASONING);
  }

  private List<Field> outputFields() {
    return signature().outputFields();
  }

  /**
   * The tools that the model may call, as prompts describe them; empty for none, and where the
   * program was read without its class, since tools are code.
   */
  public List<ToolSpec> tools() {
    return predict.tools().stream()
        .map(
            tool ->
                tool.withDescription(
                    state().toolDescriptions().getOrDefault(tool.name(), tool.description())))
        .toList();
  }

  /** The demos that are shown whatever the input is: all, or the first k where k are chosen. */
  public List<Demo> shownDemos() {
    List<Demo> demos = state().demos();
    return state().selection() instanceof DemoSelection.Nearest nearest
        ? demos.subList(0, Math.min(nearest.k(), demos.size()))
        : demos;
  }

  /**
   * The exact request for these inputs, by the adapter of the current context. Nothing is called,
   * and no model is needed: without one, it is as for a model with JSON schemas and without tools.
   *
   * @param inputs a value for each input field
   * @throws dev.hone.InvalidInputException if a value is missing
   */
  public LmRequest render(ObjectNode inputs) {
    return RenderingModel.context().call(() -> compiled.render(nameInside, inputs));
  }

  /**
   * The request with a placeholder for each input in its last turn, by an adapter. Where demos are
   * chosen by the input, the first of them.
   *
   * @param placeholder what stands for a field, of its name
   */
  public LmRequest template(Adapter adapter, UnaryOperator<String> placeholder) {
    return RequestTemplate.of(this, adapter, placeholder);
  }

  /** One line: its name and fields. */
  @Override
  public String toString() {
    return "PortablePredictor[%s: %s]".formatted(name, signature());
  }
}
