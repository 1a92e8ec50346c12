package dev.hone.program;

import dev.hone.prompt.Demo;
import dev.hone.prompt.Trajectory;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One call of one predictor within a run. Immutable. */
public final class TraceStep {
  private final String predictor;
  private final ObjectNode inputs;
  private final ObjectNode outputs;
  private final List<Attempt> attempts;
  private final @Nullable Predict<?, ?> part;

  private TraceStep(
      String predictor,
      ObjectNode inputs,
      ObjectNode outputs,
      List<Attempt> attempts,
      @Nullable Predict<?, ?> part) {
    this.predictor = predictor;
    this.inputs = inputs;
    this.outputs = outputs;
    this.attempts = List.copyOf(attempts);
    this.part = part;
  }

  /** A step of a predictor that is known by its name only, to test what looks at steps. */
  public static TraceStep of(
      String predictor, ObjectNode inputs, ObjectNode outputs, List<Attempt> attempts) {
    return new TraceStep(predictor, inputs, outputs, attempts, null);
  }

  /** This step as one of a predictor object. */
  TraceStep of(Predict<?, ?> predict) {
    return new TraceStep(predictor, inputs, outputs, attempts, predict);
  }

  /**
   * The predictor's name within the program that ran it; empty if it is not a field of that
   * program. Within a compiled program that is part of a larger one, the name that it has there.
   */
  public String predictor() {
    return predictor;
  }

  /** The input fields' values; never changed. */
  public ObjectNode inputs() {
    return inputs;
  }

  /** The output fields' values; never changed. */
  public ObjectNode outputs() {
    return outputs;
  }

  /** The replies it took, at least one, the last one read. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /**
   * What the step returned, where it is one of this predictor object; a copy of the predictor, such
   * as one with other demos, is another one.
   */
  public <O> Optional<O> outputOf(Predict<?, O> predict) {
    return part == predict
        ? Optional.of(predict.signature().output().decode(outputs))
        : Optional.empty();
  }

  /**
   * Whether this is a later turn of an agent than another step of the same predictor: its inputs
   * are the same but for the trajectory, which is longer. False for predictors without one.
   */
  public boolean continues(TraceStep earlier) {
    if (part == null || !predictor.equals(earlier.predictor)) {
      return false;
    }
    boolean longer = false;
    for (Field field : part.signature().inputFields()) {
      JsonNode before = earlier.inputs.path(field.name());
      JsonNode now = inputs.path(field.name());
      if (field.type() instanceof FieldType.Message message
          && message.kind() == MessageKind.TRAJECTORY) {
        longer |= Trajectory.ofJson(now).size() > Trajectory.ofJson(before).size();
      } else if (!now.equals(before)) {
        return false;
      }
    }
    return longer;
  }

  /**
   * The step as a demonstration from a run. A trajectory keeps its results with their images, but
   * not what a provider thought, which only the same run may send back.
   *
   * @param exampleId the example of the run
   */
  public Demo toDemo(String exampleId) {
    if (part == null) {
      return new Demo(inputs, outputs, Demo.Origin.BOOTSTRAPPED, exampleId);
    }
    return new Demo(
        Trajectory.withoutThinking(part.signature().inputFields(), inputs),
        Trajectory.withoutThinking(part.signature().outputFields(), outputs),
        Demo.Origin.BOOTSTRAPPED,
        exampleId);
  }

  /** Equal in name, values and attempts. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TraceStep step
        && predictor.equals(step.predictor)
        && inputs.equals(step.inputs)
        && outputs.equals(step.outputs)
        && attempts.equals(step.attempts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(predictor, inputs, outputs, attempts);
  }

  /** One line, such as {@code TraceStep[classify: {…} -> {…}]}. */
  @Override
  public String toString() {
    return "TraceStep[%s: %s -> %s]".formatted(predictor, inputs, outputs);
  }
}
