package dev.hone.optimize.search;

import java.util.random.RandomGenerator;

/** Chooses the configuration of the next trial. Not thread-safe. */
interface Sampler {
  /** Suggests an open configuration; there is at least one. */
  Suggestion suggest(Knowledge knowledge);

  /** Suggests open configurations uniformly. */
  static Sampler random(RandomGenerator random) {
    return knowledge -> new Suggestion(knowledge.anyOpen(random), Ask.Choice.RANDOM);
  }

  /**
   * A suggestion.
   *
   * @param configuration what to try
   * @param choice how it was chosen
   */
  record Suggestion(Configuration configuration, Ask.Choice choice) {}
}
