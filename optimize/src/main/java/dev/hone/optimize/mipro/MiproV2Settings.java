package dev.hone.optimize.mipro;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.data.Dataset;
import dev.hone.json.Json;
import dev.hone.metric.CorpusMetric;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings of MIPROv2. Immutable; set on {@link MiproV2}, which says what each of them means, and
 * checked there.
 */
public final class MiproV2Settings {
  private final Draft values;

  private MiproV2Settings(Draft values) {
    this.values = values;
    SettingCheck.atLeast("instructionCandidates", values.instructionCandidates, 1);
    SettingCheck.atLeast("demoSets", values.demoSets, 1);
    SettingCheck.atLeast("toolDescriptions", values.toolDescriptions, 0);
    SettingCheck.atLeast("trials", values.trials, 1);
    SettingCheck.atLeast("proposalRounds", values.proposalRounds, 1);
    SettingCheck.given("search", values.search);
    SettingCheck.fraction("valsetFraction", valsetFraction(), 0.3);
    SettingCheck.atLeast("minibatchSize", values.minibatchSize, 1);
    SettingCheck.atLeast("fullEvaluationSteps", values.fullEvaluationSteps, 1);
    SettingCheck.atLeast("fullEvaluationTop", values.fullEvaluationTop, 1);
    SettingCheck.atLeast("trialsInFlight", values.trialsInFlight, 1);
    SettingCheck.atLeast("patience", values.patience, 0);
    SettingCheck.finite("failureScore", values.failureScore);
    SettingCheck.atLeast("cheapestWithin", cheapestWithin().orElse(0), 0, 0.02);
    SettingCheck.over("keepBaselineUnless", keepBaselineUnless().orElse(0.9), 0.5, 0.9);
    SettingCheck.fraction("keepBaselineUnless", keepBaselineUnless().orElse(0.9), 0.9);
    if (values.targetScore != null && !Double.isFinite(values.targetScore)) {
      throw InvalidInputException.of(
          "targetScore (%s) is not a finite number".formatted(values.targetScore), "leave it out");
    }
  }

  /** Values on their way into settings; null where the preset or the default holds. */
  static final class Draft implements Cloneable {
    @Nullable Auto auto;
    @Nullable Integer instructionCandidates;
    @Nullable Integer demoSets;
    @Nullable Integer toolDescriptions;
    @Nullable Integer trials;
    BootstrapSettings bootstrap = BootstrapSettings.defaults();
    ProposerSettings proposer = ProposerSettings.defaults();
    int proposalRounds = 1;
    Search search = Search.racing();
    @Nullable Double valsetFraction;
    @Nullable Boolean minibatch;
    @Nullable Integer minibatchSize;
    @Nullable Integer fullEvaluationSteps;
    @Nullable Integer fullEvaluationTop;
    int trialsInFlight = 2;
    @Nullable Double targetScore;
    @Nullable Double cheapestWithin;
    @Nullable Double keepBaselineUnless;
    int patience;
    boolean compileCache = true;
    double failureScore;
    @Nullable Dataset<?, ?> mustPass;
    long seed;

    private Draft copy() {
      try {
        return (Draft) clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The defaults under a preset; without one, numbers are to be set. */
  static MiproV2Settings of(@Nullable Auto auto) {
    Draft draft = new Draft();
    draft.auto = auto;
    return new MiproV2Settings(draft);
  }

  MiproV2Settings with(Consumer<Draft> change) {
    Draft draft = values.copy();
    change.accept(draft);
    return new MiproV2Settings(draft);
  }

  /** The preset that fills in what is not set; empty for none. */
  public Optional<Auto> auto() {
    return Optional.ofNullable(values.auto);
  }

  /** Instructions per predictor, the original included; null for the preset's. */
  public @Nullable Integer instructionCandidates() {
    return values.instructionCandidates;
  }

  /** Demo sets per predictor; null for the preset's. */
  public @Nullable Integer demoSets() {
    return values.demoSets;
  }

  /** Tool descriptions per predictor with tools; 0 for as given; null for the preset's. */
  public @Nullable Integer toolDescriptions() {
    return values.toolDescriptions;
  }

  /** Trials of the search, full evaluations not counted; null for the preset's. */
  public @Nullable Integer trials() {
    return values.trials;
  }

  /** How demos are bootstrapped. */
  public BootstrapSettings bootstrap() {
    return values.bootstrap;
  }

  /** What proposals are grounded in. */
  public ProposerSettings proposer() {
    return values.proposer;
  }

  /** How often instructions are proposed. */
  public int proposalRounds() {
    return values.proposalRounds;
  }

  /** How configurations are chosen. */
  public Search search() {
    return values.search;
  }

  /** The share of the trainset to choose by when no valset is given. */
  public double valsetFraction() {
    return values.valsetFraction == null ? 0.3 : values.valsetFraction;
  }

  /** The most validation examples that are used: the preset's; any number without a preset. */
  public int maxValidationExamples() {
    return auto().map(Auto::maxValidationExamples).orElse(Integer.MAX_VALUE);
  }

  /** Whether trials are evaluated on minibatches; null for where the valset is larger than 50. */
  public @Nullable Boolean minibatch() {
    return values.minibatch;
  }

  /** Examples of a minibatch. */
  public int minibatchSize() {
    return values.minibatchSize == null ? 35 : values.minibatchSize;
  }

  /** Trials between full evaluations. */
  public int fullEvaluationSteps() {
    return values.fullEvaluationSteps == null ? 5 : values.fullEvaluationSteps;
  }

  /** How many of the best a full evaluation re-ranks. */
  public int fullEvaluationTop() {
    return values.fullEvaluationTop == null ? 1 : values.fullEvaluationTop;
  }

  /** Trials that run together. */
  public int trialsInFlight() {
    return values.trialsInFlight;
  }

  /** The score at which the run ends; empty for never. */
  public OptionalDouble targetScore() {
    return optional(values.targetScore);
  }

  /** The loss of score that fewer prompt tokens are worth; empty for none. */
  public OptionalDouble cheapestWithin() {
    return optional(values.cheapestWithin);
  }

  /** The probability of being better that the baseline gives way to; empty for any. */
  public OptionalDouble keepBaselineUnless() {
    return optional(values.keepBaselineUnless);
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Trials without a better one after which the search ends; 0 for never. */
  public int patience() {
    return values.patience;
  }

  /** Whether outcomes are kept and reused within the run. */
  public boolean compileCache() {
    return values.compileCache;
  }

  /** The score of an example whose program failed. */
  public double failureScore() {
    return values.failureScore;
  }

  /** The examples that what is returned must get right; null for none. */
  public @Nullable Dataset<?, ?> mustPass() {
    return values.mustPass;
  }

  /** The seed of all choices. */
  public long seed() {
    return values.seed;
  }

  /** Whether candidates get no demos, so that only instructions are searched. */
  public boolean instructionsOnly() {
    return bootstrap().maxBootstrappedDemos() == 0 && bootstrap().maxLabeledDemos() == 0;
  }

  /** What a search may try of a task by them, with trials and a size of minibatches. */
  SearchBudget budget(OptimizationTask<?, ?> of, int ofTrials, @Nullable Integer ofMinibatches) {
    return SearchBudget.ofTrials(ofTrials)
        .wholeValset(of.metric() instanceof CorpusMetric || values.cheapestWithin != null)
        .minibatchSize(ofMinibatches)
        .fullEvaluationSteps(fullEvaluationSteps())
        .fullEvaluationTop(fullEvaluationTop())
        .trialsInFlight(trialsInFlight())
        .targetScore(values.targetScore)
        .patience(patience());
  }

  /** The settings of the schedule and of the split that were set, by their names. */
  List<String> explicit() {
    List<String> names = new ArrayList<>();
    add(names, "valsetFraction", values.valsetFraction);
    add(names, "minibatch", values.minibatch);
    add(names, "minibatchSize", values.minibatchSize);
    add(names, "fullEvaluationSteps", values.fullEvaluationSteps);
    add(names, "fullEvaluationTop", values.fullEvaluationTop);
    return names;
  }

  private static void add(List<String> names, String name, @Nullable Object value) {
    if (value != null) {
      names.add(name);
    }
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    ObjectNode node =
        Json.object()
            .put("auto", auto().map(it -> it.name().toLowerCase(Locale.ROOT)).orElse(null))
            .put("instructionCandidates", values.instructionCandidates)
            .put("demoSets", values.demoSets)
            .put("trials", values.trials);
    if (values.toolDescriptions != null) {
      node.put("toolDescriptions", values.toolDescriptions);
    }
    node.set("bootstrap", bootstrap().toJson());
    node.set("proposer", proposer().toJson());
    node.set("search", search().toJson());
    if (values.mustPass != null) {
      node.put("mustPass", values.mustPass.fingerprint());
    }
    cheapestWithin().ifPresent(tolerance -> node.put("cheapestWithin", tolerance));
    keepBaselineUnless().ifPresent(value -> node.put("keepBaselineUnless", value));
    return node.put("proposalRounds", proposalRounds())
        .put("valsetFraction", valsetFraction())
        .put("minibatch", values.minibatch)
        .put("minibatchSize", minibatchSize())
        .put("fullEvaluationSteps", fullEvaluationSteps())
        .put("fullEvaluationTop", fullEvaluationTop())
        .put("trialsInFlight", trialsInFlight())
        .put("targetScore", values.targetScore)
        .put("patience", patience())
        .put("compileCache", compileCache())
        .put("failureScore", failureScore())
        .put("seed", seed());
  }

  /** The settings as JSON. */
  @Override
  public String toString() {
    return "MiproV2Settings" + toJson();
  }
}
