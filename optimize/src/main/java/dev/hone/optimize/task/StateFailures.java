package dev.hone.optimize.task;

import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.program.ProgramState;
import dev.hone.text.Plural;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** On how many examples states had no score or no output, and why the first time. Thread-safe. */
public final class StateFailures {
  private final Map<String, String> unscored = new ConcurrentHashMap<>();
  private final Map<String, String> failed = new ConcurrentHashMap<>();

  /** Takes the evaluation of a state. */
  public void take(ProgramState state, Evaluation<?, ?> evaluation) {
    List<? extends Outcome<?>> outcomes =
        evaluation.results().stream().map(ExampleResult::outcome).toList();
    words(
            "no score",
            outcomes.size(),
            outcomes.stream()
                .filter(
                    o -> o instanceof Outcome.MetricFailed || o instanceof Outcome.LmUnavailable)
                .toList())
        .ifPresent(why -> unscored.put(state.fingerprint(), why));
    words(
            "no output",
            outcomes.size(),
            outcomes.stream().filter(Outcome.ProgramFailed.class::isInstance).toList())
        .ifPresent(why -> failed.put(state.fingerprint(), why));
  }

  private static Optional<String> words(
      String lack, int examples, List<? extends Outcome<?>> outcomes) {
    return outcomes.stream()
        .findFirst()
        .flatMap(UnscoredReason::of)
        .map(
            first ->
                "%s on %d of %s; the first: %s"
                    .formatted(
                        lack, outcomes.size(), Plural.of(examples, "example"), first.problem()));
  }

  /** On how many examples a state has no score, and why the first; if any. */
  public Optional<String> unscored(ProgramState state) {
    return Optional.ofNullable(unscored.get(state.fingerprint()));
  }

  /** On how many examples the program failed under a state, and why the first time; if it did. */
  public Optional<String> failed(ProgramState state) {
    return Optional.ofNullable(failed.get(state.fingerprint()));
  }
}
