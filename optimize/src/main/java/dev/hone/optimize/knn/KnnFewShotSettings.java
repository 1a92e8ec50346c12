package dev.hone.optimize.knn;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.optimize.candidate.BootstrapSettings;
import tools.jackson.databind.node.ObjectNode;

/**
 * How demos are collected, and how many are shown. Immutable.
 *
 * @param k the most demos that a call of a predictor shows; at least 1, default 3
 * @param bootstrap whether demos are recorded from runs of the teacher where these succeed; default
 *     true. Otherwise all are copied from labels, which fit only predictors whose fields the
 *     examples have
 * @param metricThreshold the least score of a successful run; default 1, and 0 is a threshold too
 * @param maxRounds how often the teacher tries an example it failed, from the second time on at
 *     temperature 1; default 1
 * @param maxErrors the run stops when the teacher threw on more examples than this; default: no
 *     limit
 * @param seed the seed of all choices; default 0, which is a seed
 */
public record KnnFewShotSettings(
    int k, boolean bootstrap, double metricThreshold, int maxRounds, int maxErrors, long seed) {
  /** Checks the ranges. */
  public KnnFewShotSettings {
    if (k < 1) {
      throw InvalidInputException.of("k (" + k + ") is less than 1", "use 3");
    }
    BootstrapSettings.defaults()
        .withMetricThreshold(metricThreshold)
        .withMaxRounds(maxRounds)
        .withMaxErrors(maxErrors);
  }

  /** Three demos per call, bootstrapped at threshold 1 in one round, seed 0. */
  public static KnnFewShotSettings defaults() {
    return new KnnFewShotSettings(3, true, 1.0, 1, Integer.MAX_VALUE, 0);
  }

  /** A copy that shows another number of demos. */
  public KnnFewShotSettings withK(int value) {
    return new KnnFewShotSettings(value, bootstrap, metricThreshold, maxRounds, maxErrors, seed);
  }

  /** A copy that bootstraps demos, or copies them all from labels. */
  public KnnFewShotSettings withBootstrap(boolean value) {
    return new KnnFewShotSettings(k, value, metricThreshold, maxRounds, maxErrors, seed);
  }

  /** A copy with another threshold. */
  public KnnFewShotSettings withMetricThreshold(double value) {
    return new KnnFewShotSettings(k, bootstrap, value, maxRounds, maxErrors, seed);
  }

  /** A copy with another number of rounds. */
  public KnnFewShotSettings withMaxRounds(int value) {
    return new KnnFewShotSettings(k, bootstrap, metricThreshold, value, maxErrors, seed);
  }

  /** A copy with another limit on errors. */
  public KnnFewShotSettings withMaxErrors(int value) {
    return new KnnFewShotSettings(k, bootstrap, metricThreshold, maxRounds, value, seed);
  }

  /** A copy with another seed. */
  public KnnFewShotSettings withSeed(long value) {
    return new KnnFewShotSettings(k, bootstrap, metricThreshold, maxRounds, maxErrors, value);
  }

  /** How the teacher runs over so many examples, all of which it tries. */
  BootstrapSettings forExamples(int examples) {
    return BootstrapSettings.defaults()
        .withMaxBootstrappedDemos(examples)
        .withMetricThreshold(metricThreshold)
        .withMaxRounds(maxRounds)
        .withMaxErrors(maxErrors);
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    return Json.object()
        .put("k", k)
        .put("bootstrap", bootstrap)
        .put("metricThreshold", metricThreshold)
        .put("maxRounds", maxRounds)
        .put("maxErrors", maxErrors)
        .put("seed", seed);
  }
}
