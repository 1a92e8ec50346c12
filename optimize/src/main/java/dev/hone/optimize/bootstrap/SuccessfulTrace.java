package dev.hone.optimize.bootstrap;

import dev.hone.program.TraceStep;
import dev.hone.prompt.Demo;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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
   * is taken half of the time, else one of the earlier ones. Of the turns of one run of an agent
   * only the last counts, since it shows all of them.
   */
  public Optional<Demo> demo(String predictor, RandomGenerator random) {
    List<TraceStep> all = steps.stream().filter(s -> s.predictor().equals(predictor)).toList();
    List<TraceStep> calls = lastTurns(all);
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    int last = calls.size() - 1;
    int chosen = last == 0 || random.nextBoolean() ? last : random.nextInt(last);
    return Optional.of(calls.get(chosen).toDemo(exampleId));
  }

  private static List<TraceStep> lastTurns(List<TraceStep> calls) {
    return IntStream.range(0, calls.size())
        .filter(
            i ->
                calls.subList(i + 1, calls.size()).stream()
                    .noneMatch(later -> later.continues(calls.get(i))))
        .mapToObj(calls::get)
        .toList();
  }
}
