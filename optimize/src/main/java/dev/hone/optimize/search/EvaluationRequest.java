package dev.hone.optimize.search;

import java.util.List;

/**
 * One evaluation that a search wants.
 *
 * @param trial its number, counting from 0 over the whole run
 * @param kind how much it covers
 * @param configuration what to evaluate
 * @param examples on which examples, by index, none twice
 * @param choice how the configuration was chosen
 */
public record EvaluationRequest(
    int trial, Kind kind, Configuration configuration, List<Integer> examples, Choice choice) {
  /** How much an evaluation covers. */
  public enum Kind {
    /**
     * The whole validation set: the configuration is complete afterwards. What is known of it
     * already costs nothing where outcomes are kept.
     */
    FULL,
    /** Part of it, to compare configurations cheaply. */
    MINIBATCH
  }

  /** How a configuration was chosen. */
  public enum Choice {
    /** It is what the program began with. */
    BASELINE,
    /** At random, since little was known. */
    RANDOM,
    /** By what earlier trials showed. */
    GUIDED,
    /** In order, since the space is small enough to try all of it. */
    ENUMERATED,
    /** For its good minibatch scores, to be evaluated fully. */
    PROMOTED
  }

  /** Copies the examples. */
  public EvaluationRequest {
    examples = List.copyOf(examples);
  }
}
