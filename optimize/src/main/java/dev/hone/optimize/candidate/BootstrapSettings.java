package dev.hone.optimize.candidate;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * How demos are bootstrapped.
 *
 * @param maxBootstrappedDemos the most demos per predictor from successful runs; default 4
 * @param maxLabeledDemos labelled demos fill up to so many demos in all; default 16
 * @param metricThreshold the least score of a successful run; default 1, and 0 is a threshold too
 * @param maxRounds how often the teacher tries an example it failed, from the second time on at
 *     temperature 1; default 1
 * @param maxErrors the run stops when the teacher threw on more examples than this; default: no
 *     limit
 */
public record BootstrapSettings(
    int maxBootstrappedDemos,
    int maxLabeledDemos,
    double metricThreshold,
    int maxRounds,
    int maxErrors) {
  /** Checks the ranges. */
  public BootstrapSettings {
    require(maxBootstrappedDemos, 0, "maxBootstrappedDemos");
    require(maxLabeledDemos, 0, "maxLabeledDemos");
    require(maxRounds, 1, "maxRounds");
    require(maxErrors, 0, "maxErrors");
    if (Double.isNaN(metricThreshold)) {
      throw InvalidInputException.of("metricThreshold is not a number", "use 1");
    }
  }

  /** The defaults: 4 bootstrapped, 16 in all, threshold 1, one round, no limit on errors. */
  public static BootstrapSettings defaults() {
    return new BootstrapSettings(4, 16, 1.0, 1, Integer.MAX_VALUE);
  }

  /** A copy with another number of bootstrapped demos. */
  public BootstrapSettings withMaxBootstrappedDemos(int value) {
    return new BootstrapSettings(value, maxLabeledDemos, metricThreshold, maxRounds, maxErrors);
  }

  /** A copy with another number of demos in all. */
  public BootstrapSettings withMaxLabeledDemos(int value) {
    return new BootstrapSettings(
        maxBootstrappedDemos, value, metricThreshold, maxRounds, maxErrors);
  }

  /** A copy with another threshold. */
  public BootstrapSettings withMetricThreshold(double value) {
    return new BootstrapSettings(
        maxBootstrappedDemos, maxLabeledDemos, value, maxRounds, maxErrors);
  }

  /** A copy with another number of rounds. */
  public BootstrapSettings withMaxRounds(int value) {
    return new BootstrapSettings(
        maxBootstrappedDemos, maxLabeledDemos, metricThreshold, value, maxErrors);
  }

  /** A copy with another limit on errors. */
  public BootstrapSettings withMaxErrors(int value) {
    return new BootstrapSettings(
        maxBootstrappedDemos, maxLabeledDemos, metricThreshold, maxRounds, value);
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    return Json.object()
        .put("maxBootstrappedDemos", maxBootstrappedDemos)
        .put("maxLabeledDemos", maxLabeledDemos)
        .put("metricThreshold", metricThreshold)
        .put("maxRounds", maxRounds)
        .put("maxErrors", maxErrors == Integer.MAX_VALUE ? null : (Integer) maxErrors);
  }

  private static void require(int value, int least, String name) {
    if (value < least) {
      throw InvalidInputException.of(
          "%s (%d) is less than %d".formatted(name, value, least), "raise it to " + least);
    }
  }
}
