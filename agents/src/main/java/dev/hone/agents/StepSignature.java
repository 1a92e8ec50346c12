package dev.hone.agents;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.MessagePart.Thinking;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the step predictor of an agent takes and returns. */
final class StepSignature {
  static final String TRAJECTORY = "trajectory";
  static final String THOUGHT = "thought";
  static final String CALLS = "calls";

  private static final String HOW =
      " Call tools for what you do not know. As soon as you know the answer, call `%s` with it."
          .formatted(SubmitTool.NAME);

  private StepSignature() {}

  /**
   * Before a turn: the user's inputs, and what was done so far.
   *
   * @param inputs the user's input fields
   * @param trajectory the turns that the model is shown
   */
  record StepInput(ObjectNode inputs, Trajectory trajectory) {}

  /**
   * After a turn: what the model wants to do.
   *
   * @param thought what it said before its calls; may be empty
   * @param calls the tools that it calls, in order; may be empty
   * @param thinking the provider's thoughts that came with the calls; most often empty
   */
  record StepOutput(String thought, List<ToolCall> calls, List<Thinking> thinking) {
    StepOutput {
      calls = List.copyOf(calls);
      thinking = List.copyOf(thinking);
    }
  }

  /**
   * The signature of the steps of an agent.
   *
   * @throws InvalidInputException if one of the user's inputs has a name that the step needs
   */
  static Signature<StepInput, StepOutput> of(Signature<?, ?> signature) {
    for (Field field : signature.inputFields()) {
      if (Set.of(TRAJECTORY, THOUGHT, CALLS).contains(field.name())) {
        throw InvalidInputException.of(
            "The signature %s has an input \"%s\", which the agent's steps use themselves"
                .formatted(signature, field.name()),
            "rename it");
      }
    }
    return Signature.of(
        new InputCodec(signature.inputFields()), new OutputCodec(), signature.instructions() + HOW);
  }

  /** A demonstration of the turn that ends a run, after those before it. */
  static Demo demo(ObjectNode inputs, List<Turn> before, Turn last) {
    Trajectory trajectory = Trajectory.empty();
    for (Turn turn : before) {
      trajectory = trajectory.plus(turn);
    }
    ObjectNode all = inputs.deepCopy();
    all.set(TRAJECTORY, trajectory.withoutThinking().toJson());
    ObjectNode outputs =
        new OutputCodec().encode(new StepOutput(last.thought(), last.calls(), List.of()));
    return new Demo(all, outputs, Demo.Origin.BOOTSTRAPPED, "");
  }

  private record InputCodec(List<Field> userFields, List<Field> fields)
      implements Codec<StepInput> {
    InputCodec(List<Field> userFields) {
      this(List.copyOf(userFields), withTrajectory(userFields));
    }

    private static List<Field> withTrajectory(List<Field> userFields) {
      List<Field> fields = new ArrayList<>(userFields);
      fields.add(Field.of(TRAJECTORY, new FieldType.Message(MessageKind.TRAJECTORY)));
      return List.copyOf(fields);
    }

    @Override
    public ObjectNode encode(StepInput value) {
      ObjectNode node = Json.object();
      userFields.forEach(field -> node.set(field.name(), value.inputs().get(field.name())));
      node.set(TRAJECTORY, value.trajectory().toJson());
      return node;
    }

    @Override
    public StepInput decode(ObjectNode node) {
      ObjectNode inputs = Json.object();
      userFields.forEach(field -> inputs.set(field.name(), node.get(field.name())));
      return new StepInput(inputs, Trajectory.ofJson(node.path(TRAJECTORY)));
    }

    @Override
    public String toString() {
      return "inputs of an agent's step";
    }
  }

  private record OutputCodec() implements Codec<StepOutput> {
    private static final List<Field> FIELDS =
        List.of(
            new Field(
                THOUGHT,
                new FieldType.Text(true),
                "what you know by now and what you need next, in a few words",
                Constraints.NONE),
            new Field(
                CALLS,
                new FieldType.Message(MessageKind.TOOL_CALLS),
                "the tools to call now; several run at the same time",
                Constraints.NONE));

    @Override
    public List<Field> fields() {
      return FIELDS;
    }

    @Override
    public ObjectNode encode(StepOutput value) {
      ObjectNode node = Json.object().put(THOUGHT, value.thought());
      ArrayNode calls = node.putArray(CALLS);
      value.calls().forEach(call -> calls.add(Trajectory.json(call)));
      Trajectory.keepThinking(calls, value.thinking());
      return node;
    }

    @Override
    public StepOutput decode(ObjectNode node) {
      List<ToolCall> calls = new ArrayList<>();
      node.path(CALLS).forEach(call -> calls.add(Trajectory.call(call)));
      return new StepOutput(
          node.path(THOUGHT).asString(""), calls, Trajectory.thinking(node.path(CALLS)));
    }

    @Override
    public String toString() {
      return "outputs of an agent's step";
    }
  }
}
