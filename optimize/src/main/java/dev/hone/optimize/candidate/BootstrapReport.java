package dev.hone.optimize.candidate;

import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.RunFigures;
import dev.hone.text.Plural;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How bootstrapping went: as a run of its own, which evaluates nothing and so has no scores, or as
 * a stage of another run. Immutable.
 */
public final class BootstrapReport extends OptimizationReport {
  private final int tried;
  private final int succeeded;
  private final int errors;
  private final OptionalDouble bestRejectedScore;
  private final BootstrapSettings settings;
  private final Map<String, Integer> demosByPredictor;
  private final Map<String, Integer> labeledByPredictor;
  private final Map<String, Integer> bootstrappedByPredictor;

  private BootstrapReport(Builder from, RunFigures figures) {
    super(figures);
    tried = from.tried;
    succeeded = from.succeeded;
    errors = from.errors;
    bestRejectedScore = from.bestRejectedScore;
    settings = from.settings;
    demosByPredictor = copy(from.demosByPredictor);
    labeledByPredictor = copy(from.labeledByPredictor);
    bootstrappedByPredictor = copy(from.bootstrappedByPredictor);
  }

  private static Map<String, Integer> copy(Map<String, Integer> counts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /** A builder of a report on no runs. */
  public static Builder builder() {
    return new Builder();
  }

  /** Runs of the teacher. */
  public int tried() {
    return tried;
  }

  /** Runs that reached the threshold. */
  public int succeeded() {
    return succeeded;
  }

  /** Runs that threw, or could not be scored. */
  public int errors() {
    return errors;
  }

  /** The best score that was not enough; empty if none was rejected. */
  public OptionalDouble bestRejectedScore() {
    return bestRejectedScore;
  }

  /** The least score of a successful run. */
  public double metricThreshold() {
    return settings.metricThreshold();
  }

  /** The settings that held: threshold, rounds, the most errors and demos. */
  public BootstrapSettings settings() {
    return settings;
  }

  /**
   * The number of demos that each predictor got; where there are several demo sets to choose from,
   * the most that one of them has.
   */
  public Map<String, Integer> demosByPredictor() {
    return demosByPredictor;
  }

  /** As {@link #demosByPredictor}, of demos that are copied from labels. */
  public Map<String, Integer> labeledByPredictor() {
    return labeledByPredictor;
  }

  /** As {@link #demosByPredictor}, of demos that are recorded from successful runs. */
  public Map<String, Integer> bootstrappedByPredictor() {
    return bootstrappedByPredictor;
  }

  /** One line for people, without the notes. */
  @Override
  public String summary() {
    boolean anyOfRuns = bootstrappedByPredictor.values().stream().anyMatch(count -> count > 0);
    return "%d of %s succeeded (threshold %s), demos %s%s, %s"
        .formatted(
            succeeded,
            Plural.of(tried, "teacher run"),
            metricThreshold(),
            demosByPredictor,
            anyOfRuns ? ", from runs " + bootstrappedByPredictor : "",
            Plural.of(spend().lmCalls(), "model call"));
  }

  /** Builds reports; each method sets what its name says. Not thread-safe. */
  public static final class Builder {
    private int tried;
    private int succeeded;
    private int errors;
    private OptionalDouble bestRejectedScore = OptionalDouble.empty();
    private BootstrapSettings settings = BootstrapSettings.defaults();
    private Map<String, Integer> demosByPredictor = Map.of();
    private Map<String, Integer> labeledByPredictor = Map.of();
    private Map<String, Integer> bootstrappedByPredictor = Map.of();

    private Builder() {}

    /** The runs: all of them, those that succeeded, and those that failed. */
    public Builder runs(int all, int successful, int failed) {
      tried = all;
      succeeded = successful;
      errors = failed;
      return this;
    }

    /** The least score of a successful run, and the best that was not enough. */
    public Builder threshold(double least, OptionalDouble bestRejected) {
      settings = settings.withMetricThreshold(least);
      bestRejectedScore = bestRejected;
      return this;
    }

    /** The settings that held; they say the threshold, too. */
    public Builder settings(BootstrapSettings value) {
      settings = value;
      return this;
    }

    /** The number of demos that each predictor got. */
    public Builder demosByPredictor(Map<String, Integer> value) {
      demosByPredictor = value;
      return this;
    }

    /** The number of demos that each predictor got from labels, and from successful runs. */
    public Builder origins(Map<String, Integer> labeled, Map<String, Integer> bootstrapped) {
      labeledByPredictor = labeled;
      bootstrappedByPredictor = bootstrapped;
      return this;
    }

    /** Makes the report. */
    public BootstrapReport build(RunFigures figures) {
      return new BootstrapReport(this, figures);
    }
  }
}
