package dev.hone.optimize.copro;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings of COPRO. Immutable.
 *
 * @param breadth instructions per predictor and round; in the first round the original is one of
 *     them; at least 2, default 10
 * @param depth rounds; at least 1, default 3
 * @param initTemperature the temperature of proposals, 0 to 2; default 1.4
 * @param failureScore what an example counts whose program failed; default 0
 * @param seed tells the proposals of one run apart from those of another, where a cache would give
 *     them again; default 0, which is a seed
 */
public record CoproSettings(
    int breadth, int depth, double initTemperature, double failureScore, long seed) {
  /** Checks the ranges. */
  public CoproSettings {
    if (breadth < 2) {
      throw InvalidInputException.of(
          "breadth (" + breadth + ") is less than 2, so there is nothing but the original",
          "use 10");
    }
    if (depth < 1) {
      throw InvalidInputException.of("depth (" + depth + ") is less than 1", "use 3");
    }
    if (!(initTemperature >= 0 && initTemperature <= 2)) {
      throw InvalidInputException.of(
          "initTemperature (" + initTemperature + ") is not between 0 and 2", "use 1.4");
    }
    if (!Double.isFinite(failureScore)) {
      throw InvalidInputException.of(
          "failureScore (" + failureScore + ") is not a finite number", "use 0");
    }
  }

  /** Breadth 10, depth 3, temperature 1.4, failures count 0, seed 0. */
  public static CoproSettings defaults() {
    return new CoproSettings(10, 3, 1.4, 0, 0);
  }

  /** A copy with another number of instructions per round. */
  public CoproSettings withBreadth(int value) {
    return new CoproSettings(value, depth, initTemperature, failureScore, seed);
  }

  /** A copy with another number of rounds. */
  public CoproSettings withDepth(int value) {
    return new CoproSettings(breadth, value, initTemperature, failureScore, seed);
  }

  /** A copy with another temperature. */
  public CoproSettings withInitTemperature(double value) {
    return new CoproSettings(breadth, depth, value, failureScore, seed);
  }

  /** A copy with another failure score. */
  public CoproSettings withFailureScore(double value) {
    return new CoproSettings(breadth, depth, initTemperature, value, seed);
  }

  /** A copy with another seed. */
  public CoproSettings withSeed(long value) {
    return new CoproSettings(breadth, depth, initTemperature, failureScore, value);
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    return Json.object()
        .put("breadth", breadth)
        .put("depth", depth)
        .put("initTemperature", initTemperature)
        .put("failureScore", failureScore)
        .put("seed", seed);
  }
}
