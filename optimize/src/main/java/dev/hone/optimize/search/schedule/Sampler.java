package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import java.util.random.RandomGenerator;

/** Chooses the configuration of the next trial. Not thread-safe. */
public interface Sampler {
  /** Suggests an open configuration; there is at least one. */
  Suggestion suggest(SamplingState state);

  /** Suggests open configurations uniformly. */
  static Sampler random(RandomGenerator random) {
    return state -> new Suggestion(state.anyOpen(random), EvaluationRequest.Choice.RANDOM);
  }

  /**
   * A suggestion.
   *
   * @param configuration what to try
   * @param choice how it was chosen
   */
  record Suggestion(Configuration configuration, EvaluationRequest.Choice choice) {}
}
