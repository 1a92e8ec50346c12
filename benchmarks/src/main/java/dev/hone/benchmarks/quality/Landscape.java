package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;

/**
 * A task to search on: simulated or recorded. Outcomes may be bought by players, true scores are
 * for the judge alone. Immutable; the same question has the same answer.
 */
public interface Landscape {
  /** The kind of task, as tables name it. */
  String familyName();

  /** The configurations. */
  SearchSpace space();

  /** The configuration that the program began with. By default the first of the space. */
  default Configuration baseline() {
    return space().at(0);
  }

  /** The place of a configuration in {@link #space()}, whose size is that of an array at most. */
  default int position(Configuration configuration) {
    int position = 0;
    for (int d = 0; d < space().dimensions().size(); d++) {
      position = position * space().dimensions().get(d).choices() + configuration.choice(d);
    }
    return position;
  }

  /** The number of validation examples. */
  int exampleCount();

  /** The score of a configuration on a validation example, 0 to {@link #exampleCount()} - 1. */
  double outcome(Configuration configuration, int example);

  /**
   * The expected score on fresh examples, or the mean score on a test set where outcomes are
   * recorded.
   */
  double trueScore(Configuration configuration);

  /** Prompt and completion tokens of one call. By default 1, where a task does not tell them. */
  default double tokens(Configuration configuration) {
    return 1;
  }

  /** The demos that a prompt shows, of all predictors. By default 0. */
  default int demos(Configuration configuration) {
    return 0;
  }

  /**
   * How far two candidates of a dimension are apart, 0 to 2: 1 less the cosine of their texts'
   * embeddings, where these were recorded. By default 1 for any two.
   */
  default double distance(int dimension, int first, int second) {
    return first == second ? 0 : 1;
  }

  /** The highest true score of all configurations. */
  default double best() {
    double best = Double.NEGATIVE_INFINITY;
    for (long i = 0; i < space().size(); i++) {
      best = Math.max(best, trueScore(space().at(i)));
    }
    return best;
  }
}
