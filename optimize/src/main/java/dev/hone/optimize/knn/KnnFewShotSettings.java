package dev.hone.optimize.knn;

import dev.hone.SettingCheck;
import dev.hone.json.Json;
import dev.hone.optimize.candidate.BootstrapSettings;
import tools.jackson.databind.node.ObjectNode;

/** How demos are collected, and how many are shown. Immutable; set on {@link KnnFewShot}. */
public final class KnnFewShotSettings {
  private final int k;
  private final boolean bootstrap;
  private final BootstrapSettings runs;
  private final long seed;

  KnnFewShotSettings(int k, boolean bootstrap, BootstrapSettings runs, long seed) {
    SettingCheck.atLeast("k", k, 1);
    this.k = k;
    this.bootstrap = bootstrap;
    this.runs = runs;
    this.seed = seed;
  }

  /** The most demos that a call of a predictor shows. */
  public int k() {
    return k;
  }

  /** Whether demos are recorded from runs of the teacher where these succeed. */
  public boolean bootstrap() {
    return bootstrap;
  }

  /** The least score of a successful run. */
  public double metricThreshold() {
    return runs.metricThreshold();
  }

  /** How often the teacher tries an example it failed. */
  public int maxRounds() {
    return runs.maxRounds();
  }

  /** The run stops when the teacher threw on more examples than this. */
  public int maxErrors() {
    return runs.maxErrors();
  }

  /** The seed of all choices. */
  public long seed() {
    return seed;
  }

  /** How the teacher runs. */
  BootstrapSettings runs() {
    return runs;
  }

  /** How the teacher runs over a number of examples, all of which it tries. */
  BootstrapSettings forExamples(int examples) {
    return runs.withMaxBootstrappedDemos(examples);
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    return Json.object()
        .put("k", k)
        .put("bootstrap", bootstrap)
        .put("metricThreshold", metricThreshold())
        .put("maxRounds", maxRounds())
        .put("maxErrors", maxErrors())
        .put("seed", seed);
  }

  /** The settings as JSON. */
  @Override
  public String toString() {
    return "KnnFewShotSettings" + toJson();
  }
}
