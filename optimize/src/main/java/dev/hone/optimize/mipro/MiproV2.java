package dev.hone.optimize.mipro;

import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LanguageModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.candidate.BootstrapOptions;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.ProposerOptions;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.task.ModelNames;
import dev.hone.program.Program;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * MIPROv2: finds instructions and demos for all predictors of a program jointly.
 *
 * <ol>
 *   <li>Demo sets: bootstraps several per predictor from runs of a teacher that the metric passed.
 *   <li>Instructions: proposes several per predictor, grounded in a summary of the data, a
 *       description of the program, demos and a tip; and where predictors have tools, descriptions
 *       of these, grounded in what their calls returned.
 *   <li>Search: evaluates configurations of both on parts of the validation set, guided by what
 *       earlier ones scored; returns the one with the highest expected score.
 * </ol>
 *
 * <p>Begins with a preset ({@link #light()}) or without one; each setting then gives a copy, and
 * what is set wins over the preset. A setting that has no effect beside the others is noted in plan
 * and report. Immutable and thread-safe. Determinism: the same program, data, settings, seed and
 * replies give the same result, with any number of threads. Cost: see {@link #plan}. Source:
 * Opsahl-Ong et al., Optimizing Instructions and Demonstrations for Multi-Stage Language Model
 * Programs (EMNLP 2024), and DSPy's MIPROv2. Differs from the reference: see {@code
 * docs/parity.md}.
 */
public final class MiproV2
    implements Optimizer<MiproV2Report>, BootstrapOptions<MiproV2>, ProposerOptions<MiproV2> {
  private final MiproV2Settings settings;
  private final @Nullable LanguageModel taskModel;
  private final @Nullable LanguageModel promptModel;

  private MiproV2(
      MiproV2Settings settings,
      @Nullable LanguageModel taskModel,
      @Nullable LanguageModel promptModel) {
    this.settings = settings;
    this.taskModel = taskModel;
    this.promptModel = promptModel;
  }

  /** The preset {@link Auto#LIGHT}, on the models of the context. */
  public static MiproV2 light() {
    return auto(Auto.LIGHT);
  }

  /** The preset {@link Auto#MEDIUM}, on the models of the context. */
  public static MiproV2 medium() {
    return auto(Auto.MEDIUM);
  }

  /** The preset {@link Auto#HEAVY}, on the models of the context. */
  public static MiproV2 heavy() {
    return auto(Auto.HEAVY);
  }

  /** A preset, on the models of the context. */
  public static MiproV2 auto(Auto auto) {
    return new MiproV2(MiproV2Settings.of(SettingCheck.given("auto", auto)), null, null);
  }

  /**
   * No preset: {@link #candidates} and {@link #trials} are to be set, and the whole validation set
   * is used, however large.
   */
  public static MiproV2 withoutPreset() {
    return new MiproV2(MiproV2Settings.of(null), null, null);
  }

  /** All settings. */
  public MiproV2Settings settings() {
    return settings;
  }

  private MiproV2 with(Consumer<MiproV2Settings.Draft> change) {
    return new MiproV2(settings.with(change), taskModel, promptModel);
  }

  /** A copy in which another model runs the program; default: the context's. */
  public MiproV2 taskModel(LanguageModel model) {
    return new MiproV2(settings, model, promptModel);
  }

  /** A copy in which another model writes the instructions; default: the one that runs them. */
  public MiproV2 promptModel(LanguageModel model) {
    return new MiproV2(settings, taskModel, model);
  }

  /** A copy with this number of instructions, the original included, and of demo sets. */
  public MiproV2 candidates(int value) {
    return instructionCandidates(value).demoSets(value);
  }

  /** A copy with this number of instructions, the original included; default: the preset's. */
  public MiproV2 instructionCandidates(int value) {
    return with(draft -> draft.instructionCandidates = value);
  }

  /** A copy with this number of demo sets, the empty one included; default: the preset's. */
  public MiproV2 demoSets(int value) {
    return with(draft -> draft.demoSets = value);
  }

  /**
   * A copy with this number of tool descriptions per predictor that has tools, those it came with
   * included; 0 leaves tools as they are. Default: the preset's number of instructions.
   */
  public MiproV2 toolDescriptions(int candidates) {
    return with(draft -> draft.toolDescriptions = candidates);
  }

  /** A copy with this number of trials, one at least per proposal round; default: the preset's. */
  public MiproV2 trials(int value) {
    return with(draft -> draft.trials = value);
  }

  @Override
  public MiproV2 bootstrap(UnaryOperator<BootstrapSettings> change) {
    return with(draft -> draft.bootstrap = change.apply(draft.bootstrap));
  }

  @Override
  public MiproV2 proposer(UnaryOperator<ProposerSettings> change) {
    return with(draft -> draft.proposer = change.apply(draft.proposer));
  }

  /** A copy with this number of rounds of proposals, later ones shown earlier scores; default 1. */
  public MiproV2 proposalRounds(int value) {
    return with(draft -> draft.proposalRounds = value);
  }

  /** A copy with another search of configurations; default {@link Search#racing()}. */
  public MiproV2 search(Search value) {
    return with(draft -> draft.search = value);
  }

  /** A copy that chooses by another share of the trainset where there is no valset; default 0.3. */
  public MiproV2 valsetFraction(double value) {
    return with(draft -> draft.valsetFraction = value);
  }

  /**
   * A copy whose trials are on minibatches, or not; default: with over 50 validation examples. This
   * and the next three are refused with a search of blocks of its own, such as a race.
   */
  public MiproV2 minibatch(boolean value) {
    return with(draft -> draft.minibatch = value);
  }

  /** A copy with this number of examples in a minibatch; default 35; as for minibatch. */
  public MiproV2 minibatchSize(int value) {
    return with(draft -> draft.minibatchSize = value);
  }

  /** A copy with this number of trials between full evaluations; default 5; as for minibatch. */
  public MiproV2 fullEvaluationSteps(int value) {
    return with(draft -> draft.fullEvaluationSteps = value);
  }

  /** A copy in which a full evaluation re-ranks this number of the best; default 1. */
  public MiproV2 fullEvaluationTop(int value) {
    return with(draft -> draft.fullEvaluationTop = value);
  }

  /** A copy in which this number of trials run together, on which the result depends; default 2. */
  public MiproV2 trialsInFlight(int value) {
    return with(draft -> draft.trialsInFlight = value);
  }

  /** A copy that ends when a full evaluation reaches this, without more proposals. */
  public MiproV2 targetScore(double value) {
    return with(draft -> draft.targetScore = value);
  }

  /**
   * A copy that returns the one with the fewest prompt tokens per run of those that score at most
   * this much less than the best, each on all of its examples. Default: the best one.
   */
  public MiproV2 cheapestWithin(double tolerance) {
    return with(draft -> draft.cheapestWithin = tolerance);
  }

  /**
   * A copy that returns the baseline unless what would be returned is better with at least this
   * probability, over 0.5 and under 1; see {@link MiproV2Report#lead}. Default: not asked for.
   */
  public MiproV2 keepBaselineUnless(double probability) {
    return with(draft -> draft.keepBaselineUnless = probability);
  }

  /**
   * A copy that ends a round after this number of trials without a better one; default 0: never.
   */
  public MiproV2 patience(int value) {
    return with(draft -> draft.patience = value);
  }

  /**
   * A copy that keeps and reuses outcomes within the run, or not; default true. The reply cache of
   * the context answers equal calls all the same; to ask anew, take that off, too.
   */
  public MiproV2 compileCache(boolean value) {
    return with(draft -> draft.compileCache = value);
  }

  /** A copy with another score of an example whose program failed; default 0. */
  public MiproV2 failureScore(double value) {
    return with(draft -> draft.failureScore = value);
  }

  /**
   * A copy that returns nothing that fails one of these examples, which is to score below {@link
   * #metricThreshold}: the best is tried on them, then the next best, 4 in all, then the program is
   * returned as it was given, which need not pass. Default: none. They are no part of any score.
   */
  public MiproV2 mustPass(Dataset<?, ?> examples) {
    return with(draft -> draft.mustPass = SettingCheck.given("mustPass", examples));
  }

  /** A copy with another seed of all choices; default 0, which is a seed. */
  public MiproV2 seed(long value) {
    return with(draft -> draft.seed = value);
  }

  @Override
  public String name() {
    return MiproV2Run.NAME;
  }

  /**
   * Improves a program in the current context. When the budget of the context is spent, the
   * credential refused, the model gone or the thread interrupted during the search, or anything
   * else is thrown in it, the best program so far is returned, and the report says so. After an
   * interrupt the thread's interrupt is set when this returns.
   *
   * @throws dev.hone.InvalidInputException before the first call, if no model is set, the data is
   *     too small or its parts overlap, the program has no predictors, or settings are missing
   * @throws dev.hone.evaluate.EvaluationFailedException if the baseline cannot be scored at all
   * @throws dev.hone.optimize.UnreadableRepliesException if none of the first 20 runs of the
   *     program, those of bootstrapping included, gave a reply that could be read
   * @throws dev.hone.lm.LmException if the thread is interrupted, the credential refused or the
   *     budget spent before the search knows anything of the baseline
   */
  @Override
  public <I, O> Optimized<I, O, MiproV2Report> compile(OptimizationTask<I, O> task) {
    return run(task).run();
  }

  @Override
  public <I, O> MiproV2Plan plan(OptimizationTask<I, O> task) {
    Context tasks = taskContext();
    return MiproV2Plan.of(
        task, MiproV2Run.data(task, settings), settings, tasks, promptContext(tasks));
  }

  @Override
  public <I, O> MiproV2Plan plan(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return plan(OptimizationTask.of(student, trainset, metric));
  }

  private Context taskContext() {
    Context current = Context.current();
    return taskModel == null ? current : current.toBuilder().lm(taskModel).build();
  }

  private <I, O> MiproV2Run<I, O> run(OptimizationTask<I, O> task) {
    Context tasks = taskContext();
    tasks.lm();
    return new MiproV2Run<>(task, settings, tasks, promptContext(tasks));
  }

  private Context promptContext(Context tasks) {
    List<LanguageModel> several = settings.proposer().wording().promptModels();
    LanguageModel writer = promptModel == null && !several.isEmpty() ? several.get(0) : promptModel;
    return writer == null ? tasks : Context.current().toBuilder().lm(writer).build();
  }

  /** Its name and all its settings, with the models that were set. */
  @Override
  public String toString() {
    return name() + ModelNames.in(settings.toJson(), taskModel, promptModel);
  }
}
