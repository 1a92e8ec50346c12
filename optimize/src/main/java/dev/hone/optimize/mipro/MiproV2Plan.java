package dev.hone.optimize.mipro;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.propose.ToolDescriptionStage;
import dev.hone.optimize.run.TaskData;
import dev.hone.optimize.run.TestsetCheck;
import dev.hone.optimize.search.SearchBudget;
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
   * @param tasks where the program runs
   * @param prompts where instructions are written; the same where no other model writes them
   * @throws InvalidInputException if without a preset numbers are missing
   */
  static MiproV2Plan of(
      OptimizationTask<?, ?> task,
      TaskData<?, ?> data,
      MiproV2Settings settings,
      Context tasks,
      Context prompts) {
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
    notes.addAll(
        new SettingsReview(settings, instructions, minibatch).notes(task, prompts != tasks));
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
    MiproV2Costs costs =
        new MiproV2Costs(
            settings,
            budget,
            new MiproV2Costs.Counts(predictors, instructions, withTools, toolDescriptions),
            data.trainset(),
            data.valset());
    return plan.build(
        costs
            .stages(OptimizationPlan.builder(MiproV2Run.NAME), task, tasks, prompts)
            .trainExamples(data.trainset().size())
            .validationExamples(validationExamples)
            .maxProgramRuns(costs.programRuns() + TestsetCheck.mostRuns(task))
            .maxProposerCalls(costs.proposerCalls())
            .temperature(tasks.options().temperature())
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
    return ReportText.plan(this) + stagesInWords();
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
