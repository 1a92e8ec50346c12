package dev.hone.optimize.mipro;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.search.Search;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings of MIPROv2. Made by {@link #builder()}; checked when built, before any call is made.
 * Immutable.
 *
 * @param auto the preset that fills in what is null below; default LIGHT
 * @param instructionCandidates instructions per predictor, the original included; null for the
 *     preset's
 * @param demoSets demo sets per predictor; null for the preset's
 * @param trials trials of the search, full evaluations not counted, at least one for each of the
 *     {@code proposalRounds}; null for the preset's
 * @param bootstrap how demos are bootstrapped; default: 4 bootstrapped, 16 in all, threshold 1
 * @param proposer what proposals are grounded in
 * @param proposalRounds how often instructions are proposed; from the second time on the proposer
 *     sees what earlier ones scored; default 1
 * @param search how configurations are chosen; default {@link Search#racing()}
 * @param valsetFraction the share of the trainset to choose by when no valset is given; default 0.3
 * @param minibatch whether trials are evaluated on minibatches; null for where the valset is larger
 *     than 50
 * @param minibatchSize examples of a minibatch; default 35
 * @param fullEvaluationSteps trials between full evaluations; default 5
 * @param fullEvaluationTop how many of the best a full evaluation re-ranks; default 1
 * @param trialsInFlight trials that run together; default 2. The result depends on it, not on
 *     threads
 * @param targetScore the run ends when a full evaluation reaches it, and nothing more is proposed;
 *     null for never
 * @param patience the search ends after so many trials without a better one, and goes on with the
 *     instructions of the next proposal round if there is one; 0 for never, the default
 * @param compileCache whether outcomes are kept and reused within the run; default true
 * @param failureScore what an example counts whose program failed; default 0
 * @param seed the seed of all choices; default 0, which is a seed
 */
public record MiproV2Settings(
    Auto auto,
    @Nullable Integer instructionCandidates,
    @Nullable Integer demoSets,
    @Nullable Integer trials,
    BootstrapSettings bootstrap,
    ProposerSettings proposer,
    int proposalRounds,
    Search search,
    double valsetFraction,
    @Nullable Boolean minibatch,
    int minibatchSize,
    int fullEvaluationSteps,
    int fullEvaluationTop,
    int trialsInFlight,
    @Nullable Double targetScore,
    int patience,
    boolean compileCache,
    double failureScore,
    long seed) {
  /** Checks the ranges. */
  public MiproV2Settings {
    OptimizationTask.requireSetting(auto, "auto");
    OptimizationTask.requireSetting(bootstrap, "bootstrap");
    OptimizationTask.requireSetting(proposer, "proposer");
    OptimizationTask.requireSetting(search, "search");
    atLeast(instructionCandidates, 1, "instructionCandidates");
    atLeast(demoSets, 1, "demoSets");
    atLeast(trials, 1, "trials");
    atLeast(proposalRounds, 1, "proposalRounds");
    atLeast(minibatchSize, 1, "minibatchSize");
    atLeast(fullEvaluationSteps, 1, "fullEvaluationSteps");
    atLeast(fullEvaluationTop, 1, "fullEvaluationTop");
    atLeast(trialsInFlight, 1, "trialsInFlight");
    atLeast(patience, 0, "patience");
    if (trials != null && trials < proposalRounds) {
      throw InvalidInputException.of(
          "trials (%d) is less than proposalRounds (%d), and each round needs a trial of its own"
              .formatted(trials, proposalRounds),
          "raise trials, or lower proposalRounds");
    }
    if (!(valsetFraction > 0 && valsetFraction < 1)) {
      throw InvalidInputException.of(
          "valsetFraction (" + valsetFraction + ") is not between 0 and 1", "use 0.3");
    }
    if (targetScore != null && targetScore.isNaN()) {
      throw InvalidInputException.of("targetScore is not a number", "leave it out");
    }
    if (!Double.isFinite(failureScore)) {
      throw InvalidInputException.of(
          "failureScore (" + failureScore + ") is not a finite number", "use 0");
    }
  }

  private static void atLeast(@Nullable Integer value, int least, String name) {
    if (value != null && value < least) {
      throw InvalidInputException.of(
          "%s (%d) is less than %d".formatted(name, value, least), "raise it to " + least);
    }
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Whether candidates get no demos, so that only instructions are searched. */
  public boolean instructionsOnly() {
    return bootstrap.maxBootstrappedDemos() == 0 && bootstrap.maxLabeledDemos() == 0;
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    ObjectNode node =
        Json.object()
            .put("auto", auto.name().toLowerCase(java.util.Locale.ROOT))
            .put("instructionCandidates", instructionCandidates)
            .put("demoSets", demoSets)
            .put("trials", trials);
    node.set("bootstrap", bootstrap.toJson());
    node.set("proposer", proposer.toJson());
    node.set("search", search.toJson());
    return node.put("proposalRounds", proposalRounds)
        .put("valsetFraction", valsetFraction)
        .put("minibatch", minibatch)
        .put("minibatchSize", minibatchSize)
        .put("fullEvaluationSteps", fullEvaluationSteps)
        .put("fullEvaluationTop", fullEvaluationTop)
        .put("trialsInFlight", trialsInFlight)
        .put("targetScore", targetScore)
        .put("patience", patience)
        .put("compileCache", compileCache)
        .put("failureScore", failureScore)
        .put("seed", seed);
  }

  /** Builds settings; each method sets what its name says. Not thread-safe. */
  public static final class Builder {
    private Auto auto = Auto.LIGHT;
    private @Nullable Integer instructionCandidates;
    private @Nullable Integer demoSets;
    private @Nullable Integer trials;
    private BootstrapSettings bootstrap = BootstrapSettings.defaults();
    private ProposerSettings proposer = ProposerSettings.defaults();
    private int proposalRounds = 1;
    private Search search = Search.racing();
    private double valsetFraction = 0.3;
    private @Nullable Boolean minibatch;
    private int minibatchSize = 35;
    private int fullEvaluationSteps = 5;
    private int fullEvaluationTop = 1;
    private int trialsInFlight = 2;
    private @Nullable Double targetScore;
    private int patience;
    private boolean compileCache = true;
    private double failureScore;
    private long seed;

    private Builder() {}

    private Builder(MiproV2Settings from) {
      auto = from.auto;
      instructionCandidates = from.instructionCandidates;
      demoSets = from.demoSets;
      trials = from.trials;
      bootstrap = from.bootstrap;
      proposer = from.proposer;
      proposalRounds = from.proposalRounds;
      search = from.search;
      valsetFraction = from.valsetFraction;
      minibatch = from.minibatch;
      minibatchSize = from.minibatchSize;
      fullEvaluationSteps = from.fullEvaluationSteps;
      fullEvaluationTop = from.fullEvaluationTop;
      trialsInFlight = from.trialsInFlight;
      targetScore = from.targetScore;
      patience = from.patience;
      compileCache = from.compileCache;
      failureScore = from.failureScore;
      seed = from.seed;
    }

    /** The preset. */
    public Builder auto(Auto value) {
      auto = value;
      return this;
    }

    /** Instructions per predictor. */
    public Builder instructionCandidates(@Nullable Integer value) {
      instructionCandidates = value;
      return this;
    }

    /** Demo sets per predictor. */
    public Builder demoSets(@Nullable Integer value) {
      demoSets = value;
      return this;
    }

    /** Trials of the search. */
    public Builder trials(@Nullable Integer value) {
      trials = value;
      return this;
    }

    /** How demos are bootstrapped. */
    public Builder bootstrap(BootstrapSettings value) {
      bootstrap = value;
      return this;
    }

    /** What proposals are grounded in. */
    public Builder proposer(ProposerSettings value) {
      proposer = value;
      return this;
    }

    /** How often instructions are proposed. */
    public Builder proposalRounds(int value) {
      proposalRounds = value;
      return this;
    }

    /** How configurations are chosen. */
    public Builder search(Search value) {
      search = value;
      return this;
    }

    /** The share of the trainset to choose by. */
    public Builder valsetFraction(double value) {
      valsetFraction = value;
      return this;
    }

    /** Whether trials are evaluated on minibatches. */
    public Builder minibatch(@Nullable Boolean value) {
      minibatch = value;
      return this;
    }

    /** Examples of a minibatch. */
    public Builder minibatchSize(int value) {
      minibatchSize = value;
      return this;
    }

    /** Trials between full evaluations. */
    public Builder fullEvaluationSteps(int value) {
      fullEvaluationSteps = value;
      return this;
    }

    /** How many of the best a full evaluation re-ranks. */
    public Builder fullEvaluationTop(int value) {
      fullEvaluationTop = value;
      return this;
    }

    /** Trials that run together. */
    public Builder trialsInFlight(int value) {
      trialsInFlight = value;
      return this;
    }

    /** The score at which the search ends. */
    public Builder targetScore(@Nullable Double value) {
      targetScore = value;
      return this;
    }

    /** Trials without a better one after which the search ends. */
    public Builder patience(int value) {
      patience = value;
      return this;
    }

    /** Whether outcomes are kept and reused. */
    public Builder compileCache(boolean value) {
      compileCache = value;
      return this;
    }

    /** What an example counts whose program failed. */
    public Builder failureScore(double value) {
      failureScore = value;
      return this;
    }

    /** The seed of all choices. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** At most so many bootstrapped demos per predictor. */
    public Builder maxBootstrappedDemos(int value) {
      return bootstrap(bootstrap.withMaxBootstrappedDemos(value));
    }

    /** Labelled demos fill up to so many demos in all. */
    public Builder maxLabeledDemos(int value) {
      return bootstrap(bootstrap.withMaxLabeledDemos(value));
    }

    /** The least score of a run that becomes a demo. */
    public Builder metricThreshold(double value) {
      return bootstrap(bootstrap.withMetricThreshold(value));
    }

    /**
     * Makes the settings.
     *
     * @throws InvalidInputException if a value is out of its range
     */
    public MiproV2Settings build() {
      return new MiproV2Settings(
          auto,
          instructionCandidates,
          demoSets,
          trials,
          bootstrap,
          proposer,
          proposalRounds,
          search,
          valsetFraction,
          minibatch,
          minibatchSize,
          fullEvaluationSteps,
          fullEvaluationTop,
          trialsInFlight,
          targetScore,
          patience,
          compileCache,
          failureScore,
          seed);
    }
  }
}
