package dev.hone.optimize.mipro;

import dev.hone.InvalidInputException;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.optimize.task.TaskData;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run will do, in numbers: the preset and the explicit settings resolved for one program and
 * one dataset, before any call is made.
 *
 * @param predictors the number of predictors
 * @param trainExamples examples to learn from
 * @param validationExamples examples to choose by
 * @param instructionCandidates instructions per predictor, the original included
 * @param demoSets demo sets per predictor; 0 for a run that searches instructions only
 * @param search the name of the search
 * @param trials trials of the search; a race turns them into a budget of examples
 * @param minibatchSize examples of a minibatch; null for full evaluations only
 * @param maxProgramRuns the most runs of the program when every example can be scored:
 *     bootstrapping and {@link dev.hone.optimize.search.Search#mostEvaluations}
 * @param maxProposerCalls the most calls of the prompt model when every reply can be read
 * @param notes what the settings did not expect, in sentences
 */
public record MiproV2Plan(
    int predictors,
    int trainExamples,
    int validationExamples,
    int instructionCandidates,
    int demoSets,
    String search,
    int trials,
    @Nullable Integer minibatchSize,
    long maxProgramRuns,
    long maxProposerCalls,
    List<String> notes) {
  /** The size up to which a validation set is evaluated whole in every trial. */
  private static final int SMALL_VALSET = 50;

  /** Copies the notes. */
  public MiproV2Plan {
    notes = List.copyOf(notes);
  }

  static MiproV2Plan of(
      OptimizationTask<?, ?> task, TaskData<?, ?> data, MiproV2Settings settings) {
    return of(
        settings,
        OptimizationTask.requirePredictors(task.student()).byName().size(),
        data.trainset().size(),
        data.valset().size(),
        data.notes());
  }

  /**
   * Resolves settings. Source: DSPy's presets: with n = 6, 12 or 18 candidates and v things to
   * choose (two per predictor, one without demos), max(2 v log2 n, 1.5 n) trials.
   */
  static MiproV2Plan of(
      MiproV2Settings settings,
      int predictors,
      int trainExamples,
      int validationExamples,
      List<String> dataNotes) {
    requireExtensible(settings.search(), settings.proposalRounds());
    int candidates = settings.auto().candidates();
    boolean instructionsOnly = settings.instructionsOnly();
    int instructions =
        or(settings.instructionCandidates(), instructionsOnly ? candidates : candidates / 2);
    int demoSets = instructionsOnly ? 0 : or(settings.demoSets(), candidates);
    int trials =
        Math.max(
            settings.proposalRounds(),
            or(
                settings.trials(),
                presetTrials(candidates, predictors * (instructionsOnly ? 1 : 2))));
    List<String> notes = new ArrayList<>(dataNotes);
    Integer minibatch = minibatchSize(settings, validationExamples, notes);
    return new MiproV2Plan(
        predictors,
        trainExamples,
        validationExamples,
        instructions,
        demoSets,
        settings.search().name(),
        trials,
        minibatch,
        programRuns(settings, trainExamples, validationExamples, trials, minibatch),
        proposerCalls(settings, predictors, trainExamples, instructions),
        notes);
  }

  private static void requireExtensible(Search search, int proposalRounds) {
    if (proposalRounds > 1 && !search.extensible()) {
      throw InvalidInputException.of(
          "proposalRounds is %d, but the search \"%s\" takes no candidates during a run"
              .formatted(proposalRounds, search.name()),
          "set proposalRounds to 1, or use Search.racing()");
    }
  }

  private static int or(@Nullable Integer explicit, int preset) {
    return explicit == null ? preset : explicit;
  }

  static int presetTrials(int candidates, int variables) {
    double log2 = Math.log(candidates) / Math.log(2);
    return (int) Math.max(2 * variables * log2, 1.5 * candidates);
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
      MiproV2Settings settings,
      int trainExamples,
      int validationExamples,
      int trials,
      @Nullable Integer minibatch) {
    long bootstrap = (long) trainExamples * settings.bootstrap().maxRounds();
    SearchBudget budget =
        SearchBudget.ofTrials(trials)
            .minibatchSize(minibatch)
            .fullEvaluationSteps(settings.fullEvaluationSteps())
            .fullEvaluationTop(settings.fullEvaluationTop());
    SearchExtent extent =
        SearchExtent.of(budget, validationExamples)
            .rounds(settings.proposalRounds())
            .memoized(settings.compileCache());
    return bootstrap + settings.search().mostEvaluations(extent);
  }

  private static long proposerCalls(
      MiproV2Settings settings, int predictors, int trainExamples, int instructions) {
    if (instructions == 1) {
      return 0;
    }
    int batch = settings.proposer().viewDataBatchSize();
    long summary =
        settings.proposer().dataAware() ? Math.min(10, (trainExamples + batch - 1) / batch) + 1 : 0;
    boolean described = settings.proposer().programDescription() != null;
    long description = settings.proposer().programAware() && !described ? 1 : 0;
    return summary + description + 3L * predictors * (instructions - 1) * settings.proposalRounds();
  }

  /** What to say of a run that ended before it knew anything. */
  String nothingScored() {
    return (" The program as given was not scored on its %s by then, so there is"
            + " nothing to return; the whole run takes at most %d runs of the program and %d calls of"
            + " the proposer.")
        .formatted(
            Plural.of(validationExamples, "validation example"), maxProgramRuns, maxProposerCalls);
  }

  @Override
  public String toString() {
    return ("%d instructions x %d demo sets for %s; %s, with the budget of %d trials on %s of%n"
            + "          %s; at most %d runs of the program, each a model call or"
            + "%n          more per predictor, and %d of the proposer")
        .formatted(
            instructionCandidates,
            Math.max(1, demoSets),
            Plural.of(predictors, "predictor"),
            search,
            trials,
            minibatchSize == null ? "all" : "minibatches of " + minibatchSize,
            Plural.of(validationExamples, "validation example"),
            maxProgramRuns,
            maxProposerCalls);
  }
}
