package dev.hone.compiled;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.repeat.ScoreCheck;
import dev.hone.json.Json;
import dev.hone.stats.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where a compiled program's state comes from. Never holds a credential. Immutable. */
public final class Provenance {
  private static final String TESTSET = "testset";
  private static final String TESTED = "found on the test set";

  private final String optimizer;
  private final ObjectNode settings;
  private final long seed;
  private final List<MeasuredScore> scores;
  private final Map<String, String> dataFingerprints;
  private final Map<String, String> modelIds;

  private Provenance(Builder builder) {
    optimizer = builder.optimizer;
    settings = builder.settings;
    seed = builder.seed;
    scores = List.copyOf(builder.scores);
    dataFingerprints = Collections.unmodifiableMap(new TreeMap<>(builder.dataFingerprints));
    modelIds = Collections.unmodifiableMap(new TreeMap<>(builder.modelIds));
  }

  /** That of a state which no optimizer made: optimizer {@code none}, and nothing else. */
  public static Provenance none() {
    return builder("none").build();
  }

  /**
   * A builder without settings, scores, data and models, with seed 0.
   *
   * @param optimizer the optimizer's name, such as {@code MiproV2}
   */
  public static Builder builder(String optimizer) {
    return new Builder(optimizer);
  }

  /** The optimizer's name, such as {@code MiproV2}. */
  public String optimizer() {
    return optimizer;
  }

  /** The optimizer's settings, all of them; never changed. */
  public ObjectNode settings() {
    return settings;
  }

  /** The seed of the run. */
  public long seed() {
    return seed;
  }

  /** The scores that were measured, in order. */
  public List<MeasuredScore> scores() {
    return scores;
  }

  /** The fingerprints of the datasets, by role ({@code trainset}, {@code valset}). */
  public Map<String, String> dataFingerprints() {
    return dataFingerprints;
  }

  /** The models that took part, by role ({@code task}, {@code prompt}, {@code teacher}). */
  public Map<String, String> modelIds() {
    return modelIds;
  }

  /** A copy that records a score on examples that a program was not chosen by, too. */
  Provenance tested(Dataset<?, ?> examples, Evaluation<?, ?> evaluation) {
    Interval interval = evaluation.interval();
    List<MeasuredScore> all = new ArrayList<>(scores);
    all.removeIf(each -> each.name().equals(TESTED));
    all.add(
        new MeasuredScore(
            TESTED,
            evaluation.score(),
            interval.lower(),
            interval.upper(),
            evaluation.results().size()));
    Map<String, String> data = new TreeMap<>(dataFingerprints);
    data.put(TESTSET, examples.fingerprint());
    return builder(optimizer)
        .settings(settings, seed)
        .scores(all)
        .dataFingerprints(data)
        .modelIds(modelIds)
        .build();
  }

  /** Whether {@link #lastScore} is of examples that the program was not chosen by. */
  boolean isTested() {
    return !scores.isEmpty() && lastScore().name().equals(TESTED);
  }

  /** Holds a new score beside {@link #lastScore}. */
  ScoreCheck check(String modelId, Dataset<?, ?> examples, Evaluation<?, ?> evaluation) {
    MeasuredScore recorded = lastScore();
    String fingerprint = examples.fingerprint();
    List<String> notes = differences(modelId, fingerprint);
    if (!isTested()) {
      notes.add(
          "The recorded score is of the examples that it was chosen by, and a little too high.");
    } else if (!fingerprint.equals(dataFingerprints.get(TESTSET))) {
      notes.add("The recorded score is of other examples than these.");
    }
    return ScoreCheck.of(evaluation, recorded.name(), recorded.mean(), recorded.interval(), notes);
  }

  /** The last score that was recorded: that of what was found. */
  MeasuredScore lastScore() {
    if (scores.isEmpty()) {
      throw InvalidInputException.of(
          "No score was recorded for the program, by the optimizer \"%s\"".formatted(optimizer),
          "measure it with Evaluator");
    }
    return scores.get(scores.size() - 1);
  }

  /** What is not as it was where a score is measured anew, or known, in sentences. */
  private List<String> differences(String modelId, String dataFingerprint) {
    List<String> notes = new ArrayList<>();
    String before = modelIds.getOrDefault("task", modelId);
    if (!before.equals(modelId)) {
      notes.add(
          "It was made with the model %s, and is measured with %s.".formatted(before, modelId));
    }
    dataFingerprints.forEach(
        (role, recorded) -> {
          if (recorded.equals(dataFingerprint)) {
            notes.add("These are the examples of its %s.".formatted(role));
          }
        });
    return notes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Provenance that
        && that.optimizer.equals(optimizer)
        && that.settings.equals(settings)
        && that.seed == seed
        && that.scores.equals(scores)
        && that.dataFingerprints.equals(dataFingerprints)
        && that.modelIds.equals(modelIds);
  }

  @Override
  public int hashCode() {
    return Objects.hash(optimizer, settings, seed, scores, dataFingerprints, modelIds);
  }

  /** One line, such as {@code Provenance[MiproV2, seed 42]}. */
  @Override
  public String toString() {
    return "Provenance[" + optimizer + ", seed " + seed + "]";
  }

  /** Builds provenances; each method sets what its name says. Not thread-safe. */
  public static final class Builder {
    private final String optimizer;
    private ObjectNode settings = Json.object();
    private long seed;
    private List<MeasuredScore> scores = List.of();
    private Map<String, String> dataFingerprints = Map.of();
    private Map<String, String> modelIds = Map.of();

    private Builder(String optimizer) {
      this.optimizer = optimizer;
    }

    /** The optimizer's settings, all of them, and the seed of the run. */
    public Builder settings(ObjectNode value, long seedOfRun) {
      settings = value;
      seed = seedOfRun;
      return this;
    }

    /** The scores that were measured, in order. */
    public Builder scores(List<MeasuredScore> value) {
      scores = value;
      return this;
    }

    /** The fingerprints of the datasets, by role. */
    public Builder dataFingerprints(Map<String, String> value) {
      dataFingerprints = value;
      return this;
    }

    /** The models that took part, by role. */
    public Builder modelIds(Map<String, String> value) {
      modelIds = value;
      return this;
    }

    /** Makes the provenance. */
    public Provenance build() {
      return new Provenance(this);
    }
  }

  /**
   * A score that was measured on the way.
   *
   * @param name what was measured on what, such as {@code baseline on valset}
   * @param mean the mean score
   * @param lower the lower end of its 95 % confidence interval
   * @param upper the upper end of its 95 % confidence interval
   * @param examples the number of examples it was measured on
   */
  public record MeasuredScore(String name, double mean, double lower, double upper, int examples) {
    /** Checks that the numbers are finite. */
    public MeasuredScore {
      if (!Double.isFinite(mean) || !Double.isFinite(lower) || !Double.isFinite(upper)) {
        throw InvalidInputException.of(
            "The score \"%s\" (%s, from %s to %s) is not finite"
                .formatted(name, rounded(mean), rounded(lower), rounded(upper)),
            "check the metric for a division by zero");
      }
    }

    Interval interval() {
      return new Interval(lower, upper, 0.95);
    }

    private static String rounded(double value) {
      return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "" + value;
    }
  }
}
