package dev.hone.optimize.mipro;

import dev.hone.InvalidInputException;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.propose.Grounding;
import dev.hone.optimize.propose.ToolDescriptionStage;
import dev.hone.optimize.run.TaskData;
import dev.hone.optimize.run.TestsetCheck;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.optimize.task.ConflictingLabels;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run will do, in numbers: the preset and the explicit settings resolved for one program and
 * one dataset, before any call is made. Its program runs are those of bootstrapping and {@link
 * dev.hone.optimize.search.Search#mostEvaluations}; its proposer calls hold when every reply can be
 * read and no step fails. Immutable.
 */
public final class MiproV2Plan extends OptimizationPlan {
  /** The size up to which a validation set is evaluated whole in every trial. */
  private static final int SMALL_VALSET = 50;

  private final int predictors;
  private final int instructionCandidates;
  private final int demoSets;
  private final int toolDescriptions;
  private final String search;
  private final int trials;
  private final @Nullable Integer minibatchSize;
  private final boolean budget;

  private MiproV2Plan(OptimizationPlan bounds, Builder from) {
    super(bounds);
    predictors = from.predictors;
    instructionCandidates = from.instructionCandidates;
    demoSets = from.demoSets;
    toolDescriptions = from.toolDescriptions;
    search = from.search;
    trials = from.trials;
    minibatchSize = from.minibatchSize;
    budget = from.budget;
  }

  /** A builder of a plan with one predictor and nothing to choose. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Resolves settings.
   *
   * @param ownPromptModel whether another model than that of the program is to write instructions
   * @param temperature that of the program's calls; null if none is set
   * @throws InvalidInputException if without a preset numbers are missing
   */
  static MiproV2Plan of(
      OptimizationTask<?, ?> task,
      TaskData<?, ?> data,
      MiproV2Settings settings,
      boolean ownPromptModel,
      @Nullable Double temperature) {
    SettingsReview.requireWorkable(settings);
    int predictors = task.predictors().byName().size();
    int validationExamples = data.valset().size();
    int instructions = instructions(settings);
    int demoSets = settings.instructionsOnly() ? 0 : demoSets(settings);
    int withTools = ToolDescriptionStage.predictorsWithTools(task.predictors());
    int toolDescriptions = withTools == 0 ? 0 : toolDescriptions(settings, instructions);
    List<String> notes = new ArrayList<>(data.notes());
    notes.addAll(ConflictingLabels.note(task.trainset()));
    Integer minibatch = minibatchSize(settings, validationExamples, notes);
    notes.addAll(new SettingsReview(settings, instructions, minibatch).notes(task, ownPromptModel));
    Builder plan =
        builder()
            .predictors(predictors)
            .candidates(instructions, demoSets)
            .toolDescriptions(toolDescriptions)
            .search(
                settings.search().name(),
                trials(settings, predictors, toolDescriptions > 0 ? withTools : 0))
            .minibatchSize(minibatch);
    plan.budget = !settings.search().settingsOfBudgetOnly().isEmpty();
    SearchBudget budget = settings.budget(task, plan.trials, minibatch);
    notes.addAll(settings.search().notes(budget));
    return plan.build(
        OptimizationPlan.builder(MiproV2Run.NAME)
            .trainExamples(data.trainset().size())
            .validationExamples(validationExamples)
            .maxProgramRuns(
                programRuns(settings, data.trainset().size(), validationExamples, budget)
                    + TestsetCheck.mostRuns(task))
            .maxProposerCalls(
                proposerCalls(settings, predictors, data.trainset().size(), instructions)
                    + descriptionCalls(settings, withTools, instructions, toolDescriptions))
            .temperature(temperature)
            .notes(notes)
            .build());
  }

  private static int instructions(MiproV2Settings settings) {
    Integer explicit = settings.instructionCandidates();
    if (explicit != null) {
      return explicit;
    }
    Auto auto = settings.auto().orElseThrow();
    return settings.instructionsOnly() ? auto.candidates() : auto.instructionCandidates();
  }

  private static int demoSets(MiproV2Settings settings) {
    Integer explicit = settings.demoSets();
    return explicit == null ? settings.auto().orElseThrow().candidates() : explicit;
  }

  /** Sets of descriptions for each predictor with tools, the given one included; 0 for none. */
  private static int toolDescriptions(MiproV2Settings settings, int instructions) {
    Integer explicit = settings.toolDescriptions();
    int count =
        explicit == null
            ? settings.auto().map(Auto::instructionCandidates).orElse(instructions)
            : explicit;
    return count == 1 ? 0 : count;
  }

  private static int trials(MiproV2Settings settings, int predictors, int describedPredictors) {
    Integer explicit = settings.trials();
    int variables = predictors * (settings.instructionsOnly() ? 1 : 2) + describedPredictors;
    int trials = explicit == null ? settings.auto().orElseThrow().trials(variables) : explicit;
    return Math.max(settings.proposalRounds(), trials);
  }

  private static @Nullable Integer minibatchSize(
      MiproV2Settings settings, int validationExamples, List<String> notes) {
    boolean wanted =
        settings.minibatch() == null
            ? validationExamples > SMALL_VALSET
            : Boolean.TRUE.equals(settings.minibatch());
    if (!wanted) {
      return null;
    }
    if (settings.minibatchSize() >= validationExamples) {
      notes.add(
          "minibatchSize (%d) is not below the validation set (%d examples), so every trial is a full evaluation."
              .formatted(settings.minibatchSize(), validationExamples));
      return null;
    }
    return settings.minibatchSize();
  }

  private static long programRuns(
      MiproV2Settings settings, int trainExamples, int validationExamples, SearchBudget budget) {
    long bootstrap = (long) trainExamples * settings.bootstrap().maxRounds();
    SearchExtent extent =
        SearchExtent.of(budget, validationExamples)
            .rounds(settings.proposalRounds())
            .memoized(settings.compileCache());
    return bootstrap
        + CandidateStages.mostErrorRuns(settings, instructions(settings), trainExamples)
        + settings.search().mostEvaluations(extent)
        + MustPass.mostRuns(settings, validationExamples);
  }

  private static long proposerCalls(
      MiproV2Settings settings, int predictors, int trainExamples, int instructions) {
    if (instructions == 1) {
      return 0;
    }
    return Grounding.mostCalls(settings.proposer(), trainExamples, true)
        + 3L * predictors * (instructions - 1) * settings.proposalRounds();
  }

  /** The calls that write tool descriptions; a run without instructions to write grounds them. */
  private static long descriptionCalls(
      MiproV2Settings settings, int predictors, int instructions, int descriptions) {
    if (descriptions == 0) {
      return 0;
    }
    long ground = instructions == 1 ? Grounding.mostCalls(settings.proposer(), 0, false) : 0;
    return ground + ToolDescriptionStage.mostCalls(predictors, descriptions - 1);
  }

  /** The number of predictors. */
  public int predictors() {
    return predictors;
  }

  /** Instructions per predictor, the original included. */
  public int instructionCandidates() {
    return instructionCandidates;
  }

  /** Demo sets per predictor; 0 for a run that searches instructions only. */
  public int demoSets() {
    return demoSets;
  }

  /** Sets of tool descriptions per predictor with tools; 0 where none are searched. */
  public int toolDescriptions() {
    return toolDescriptions;
  }

  /** The name of the search. */
  public String search() {
    return search;
  }

  /** Trials of the search; a race turns them into a budget of examples. */
  public int trials() {
    return trials;
  }

  /** Examples of a minibatch; null for full evaluations only. */
  public @Nullable Integer minibatchSize() {
    return minibatchSize;
  }

  /** The message of a run that ended before anything was scored. */
  String nothingScored() {
    return (" The program as given was not scored on its %s by then, so there is"
            + " nothing to return; the whole run takes at most %d runs of the program and %d calls of"
            + " the proposer.")
        .formatted(
            Plural.of(validationExamples(), "validation example"),
            maxProgramRuns(),
            maxProposerCalls());
  }

  /** Whether the search takes its trials for the size of a budget, as a race does. */
  boolean isBudget() {
    return budget;
  }

  /** What is to be said of the temperature, in a phrase. */
  String temperaturePhrase() {
    return temperatureInWords();
  }

  @Override
  public String toString() {
    return ReportText.plan(this);
  }

  /** Builds plans; each method sets what its name says. Not thread-safe. */
  public static final class Builder {
    private int predictors = 1;
    private int instructionCandidates = 1;
    private int demoSets;
    private int toolDescriptions;
    private String search = "";
    private int trials;
    private @Nullable Integer minibatchSize;
    private boolean budget;

    private Builder() {}

    /** The number of predictors. */
    public Builder predictors(int value) {
      predictors = value;
      return this;
    }

    /** Instructions and demo sets per predictor. */
    public Builder candidates(int instructions, int sets) {
      instructionCandidates = instructions;
      demoSets = sets;
      return this;
    }

    /** Sets of tool descriptions per predictor with tools; 0 for none. */
    public Builder toolDescriptions(int value) {
      toolDescriptions = value;
      return this;
    }

    /** The search and its trials. */
    public Builder search(String name, int most) {
      search = name;
      trials = most;
      return this;
    }

    /** Examples of a minibatch; null for full evaluations only. */
    public Builder minibatchSize(@Nullable Integer value) {
      minibatchSize = value;
      return this;
    }

    /** Makes the plan, with the numbers that all plans have. */
    public MiproV2Plan build(OptimizationPlan bounds) {
      return new MiproV2Plan(bounds, this);
    }
  }
}
