package dev.hone.optimize.candidate;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * How demos are bootstrapped. Immutable; set on the optimizers that bootstrap, see {@link
 * BootstrapOptions}.
 */
public final class BootstrapSettings {
  private static final BootstrapSettings DEFAULTS = new BootstrapSettings(new Draft());

  private final int maxBootstrappedDemos;
  private final int maxLabeledDemos;
  private final double metricThreshold;
  private final int maxRounds;
  private final int maxErrors;

  private BootstrapSettings(Draft from) {
    maxBootstrappedDemos = from.maxBootstrappedDemos;
    maxLabeledDemos = from.maxLabeledDemos;
    metricThreshold = from.metricThreshold;
    maxRounds = from.maxRounds;
    maxErrors = from.maxErrors;
    SettingCheck.atLeast("maxBootstrappedDemos", maxBootstrappedDemos, 0);
    SettingCheck.atLeast("maxLabeledDemos", maxLabeledDemos, 0);
    SettingCheck.atLeast("maxRounds", maxRounds, 1);
    SettingCheck.atLeast("maxErrors", maxErrors, 0);
    if (Double.isNaN(metricThreshold)) {
      throw InvalidInputException.of("metricThreshold is not a number", "use 1");
    }
  }

  /** Values on their way into settings. */
  private static final class Draft {
    private int maxBootstrappedDemos = 4;
    private int maxLabeledDemos = 16;
    private double metricThreshold = 1.0;
    private int maxRounds = 1;
    private int maxErrors = Integer.MAX_VALUE;
  }

  /** The defaults: 4 bootstrapped, 16 in all, threshold 1, one round, no limit on errors. */
  public static BootstrapSettings defaults() {
    return DEFAULTS;
  }

  private BootstrapSettings with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.maxBootstrappedDemos = maxBootstrappedDemos;
    draft.maxLabeledDemos = maxLabeledDemos;
    draft.metricThreshold = metricThreshold;
    draft.maxRounds = maxRounds;
    draft.maxErrors = maxErrors;
    change.accept(draft);
    return new BootstrapSettings(draft);
  }

  /** The most demos per predictor from successful runs. */
  public int maxBootstrappedDemos() {
    return maxBootstrappedDemos;
  }

  /** Labelled demos fill up to this number of demos in all. */
  public int maxLabeledDemos() {
    return maxLabeledDemos;
  }

  /** The least score of a successful run; 0 is a threshold too. */
  public double metricThreshold() {
    return metricThreshold;
  }

  /** How often the teacher tries an example it failed, from the second time on at temperature 1. */
  public int maxRounds() {
    return maxRounds;
  }

  /**
   * The run stops when the teacher threw on more examples than this; the search of MIPROv2 when
   * more examples than this failed in one evaluation, and it gives back the best so far.
   */
  public int maxErrors() {
    return maxErrors;
  }

  /** A copy with another number of bootstrapped demos. */
  public BootstrapSettings withMaxBootstrappedDemos(int value) {
    return with(draft -> draft.maxBootstrappedDemos = value);
  }

  /** A copy with another number of demos in all. */
  public BootstrapSettings withMaxLabeledDemos(int value) {
    return with(draft -> draft.maxLabeledDemos = value);
  }

  /** A copy with another threshold. */
  public BootstrapSettings withMetricThreshold(double value) {
    return with(draft -> draft.metricThreshold = value);
  }

  /** A copy with another number of rounds. */
  public BootstrapSettings withMaxRounds(int value) {
    return with(draft -> draft.maxRounds = value);
  }

  /** A copy with another limit on errors. */
  public BootstrapSettings withMaxErrors(int value) {
    return with(draft -> draft.maxErrors = value);
  }

  /** The names of the settings of the teacher's runs that are not at their defaults. */
  public List<String> changedOfRuns() {
    List<String> names = new ArrayList<>();
    if (metricThreshold != DEFAULTS.metricThreshold) {
      names.add("metricThreshold");
    }
    if (maxRounds != DEFAULTS.maxRounds) {
      names.add("maxRounds");
    }
    if (maxErrors != DEFAULTS.maxErrors) {
      names.add("maxErrors");
    }
    return names;
  }

  /**
   * That labels are never added to demos from runs, if so: a note for plans and reports. Empty at
   * the defaults.
   */
  public Optional<String> labelsNeverAdded() {
    boolean never = maxLabeledDemos > 0 && maxLabeledDemos <= maxBootstrappedDemos;
    return never
        ? Optional.of(
            "maxLabeledDemos (%d) is the number of demos in all, and maxBootstrappedDemos is %d: where that many runs succeed, no label is ever added. Maybe set maxLabeledDemos to %d for %d more from labels."
                .formatted(
                    maxLabeledDemos,
                    maxBootstrappedDemos,
                    maxBootstrappedDemos + maxLabeledDemos,
                    maxLabeledDemos))
        : Optional.empty();
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

  /** The settings as JSON. */
  @Override
  public String toString() {
    return "BootstrapSettings" + toJson();
  }
}
