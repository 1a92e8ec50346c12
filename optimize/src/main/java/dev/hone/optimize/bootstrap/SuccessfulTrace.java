package dev.hone.optimize.bootstrap;

import dev.hone.program.Predict;
import dev.hone.program.TraceStep;
import dev.hone.prompt.Demo;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A run of the teacher that the metric passed.
 *
 * @param exampleId the content id of the example it ran on
 * @param score what the metric said
 * @param steps the calls of the predictors, in order
 */
public record SuccessfulTrace(String exampleId, double score, List<TraceStep> steps) {
  /** Copies the steps. */
  public SuccessfulTrace {
    steps = List.copyOf(steps);
  }

  /**
   * The demo that this run gives a predictor; none if it was not called. Of several calls the last
   * is taken half of the time, else one of the earlier ones; always the last one of a predictor
   * that is given the turns so far, since it holds the whole run.
   *
   * @param predictor its name
   * @param predict the predictor
   */
  public Optional<Demo> demo(String predictor, Predict<?, ?> predict, RandomGenerator random) {
    List<TraceStep> calls = steps.stream().filter(s -> s.predictor().equals(predictor)).toList();
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    int last = calls.size() - 1;
    int chosen =
        last == 0 || takesTurns(predict) || random.nextBoolean() ? last : random.nextInt(last);
    TraceStep step = calls.get(chosen);
    return Optional.of(
        new Demo(step.inputs(), step.outputs(), Demo.Origin.BOOTSTRAPPED, exampleId));
  }

  private static boolean takesTurns(Predict<?, ?> predict) {
    return predict.signature().inputFields().stream()
        .map(Field::type)
        .anyMatch(
            type ->
                type instanceof FieldType.Message message
                    && message.kind() == MessageKind.TRAJECTORY);
  }
}
