package dev.hone.optimize.randomsearch;

import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.candidate.BootstrapOptions;
import dev.hone.optimize.candidate.BootstrapSettings;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Bootstraps demos in several ways, evaluates each of them on the whole validation set, and returns
 * the best program: the one that was given, zero-shot, labels only, the first successful runs, and
 * random numbers of random successful runs. Instructions stay as they are. Immutable and
 * thread-safe.
 *
 * <p>Determinism: the same program, data, settings and replies give the same result, with any
 * number of threads. Cost: (4 + {@code candidatePrograms}) program runs per validation example at
 * most, for candidates that are equal count once; and at most {@code maxRounds} runs of the teacher
 * per training example, for all candidates together. Source: DSPy's
 * BootstrapFewShotWithRandomSearch. Differs from the reference: without a valset a stratified share
 * of the trainset is set apart, so that no candidate is chosen by the examples it shows; one pool
 * of successful runs serves all candidates, where the reference bootstraps anew for each; the
 * program as it was given is a candidate too; candidates with equal demos are evaluated once;
 * candidates are evaluated concurrently; {@code maxBootstrappedDemos} 0 samples labels; examples
 * that could not be scored make no candidate win; ties go to fewer demos; when the budget is spent,
 * the best so far is returned.
 */
public final class BootstrapFewShotWithRandomSearch
    implements Optimizer<BootstrapRandomSearchReport>,
        BootstrapOptions<BootstrapFewShotWithRandomSearch> {
  static final String NAME = "BootstrapFewShotWithRandomSearch";

  private final BootstrapRandomSearchSettings settings;

  private BootstrapFewShotWithRandomSearch(BootstrapRandomSearchSettings settings) {
    this.settings = settings;
  }

  /** Default settings: 16 shuffled candidates, seed 0. */
  public static BootstrapFewShotWithRandomSearch defaults() {
    return new BootstrapFewShotWithRandomSearch(BootstrapRandomSearchSettings.defaults());
  }

  private BootstrapFewShotWithRandomSearch with(
      Consumer<BootstrapRandomSearchSettings.Draft> change) {
    return new BootstrapFewShotWithRandomSearch(settings.with(change));
  }

  /** All settings. */
  public BootstrapRandomSearchSettings settings() {
    return settings;
  }

  /**
   * A copy with this number of candidates that have shuffled demos, beside the program as it is,
   * zero-shot, labels only and unshuffled; default 16.
   */
  public BootstrapFewShotWithRandomSearch candidatePrograms(int value) {
    return with(draft -> draft.candidatePrograms = value);
  }

  @Override
  public BootstrapFewShotWithRandomSearch bootstrap(UnaryOperator<BootstrapSettings> change) {
    return with(draft -> draft.bootstrap = change.apply(draft.bootstrap));
  }

  /**
   * A copy whose candidate with labels only has a random sample of them, the default, or the first.
   */
  public BootstrapFewShotWithRandomSearch labeledSample(boolean value) {
    return with(draft -> draft.labeledSample = value);
  }

  /**
   * A copy that tries these candidates only beside the program as it is: -3 for zero-shot, -2 for
   * labels only, -1 for unshuffled, from 0 for shuffled; none for all, the default.
   */
  public BootstrapFewShotWithRandomSearch restrict(Set<Integer> value) {
    return with(draft -> draft.restrict = value);
  }

  /**
   * A copy that takes another share of the trainset to choose by when no valset is given; default
   * 0.5.
   */
  public BootstrapFewShotWithRandomSearch valsetFraction(double value) {
    return with(draft -> draft.valsetFraction = value);
  }

  /**
   * A copy that evaluates this number of candidates together; default 2. The result depends on it
   * only where the run stops at a score.
   */
  public BootstrapFewShotWithRandomSearch candidatesInFlight(int value) {
    return with(draft -> draft.candidatesInFlight = value);
  }

  /** A copy that ends with the first candidates of which one scores this; default: never. */
  public BootstrapFewShotWithRandomSearch stopAtScore(double value) {
    return with(draft -> draft.stopAtScore = value);
  }

  /** A copy with another score of an example whose program failed; default 0. */
  public BootstrapFewShotWithRandomSearch failureScore(double value) {
    return with(draft -> draft.failureScore = value);
  }

  /** A copy with another seed of all choices; default 0, which is a seed. */
  public BootstrapFewShotWithRandomSearch seed(long value) {
    return with(draft -> draft.seed = value);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Finds demos in the current context.
   *
   * @throws dev.hone.InvalidInputException if no model is set, the data is too small or its parts
   *     overlap, or the teacher has other predictors; thrown before the first call
   * @throws dev.hone.evaluate.EvaluationFailedException if the baseline cannot be scored at all
   * @throws dev.hone.lm.LmException if the credential is refused, the budget spent or the thread
   *     interrupted before the baseline was evaluated; later, the best so far is returned, and the
   *     report says so
   */
  @Override
  public <I, O> Optimized<I, O, BootstrapRandomSearchReport> compile(OptimizationTask<I, O> task) {
    return new RandomSearchRun<>(task, settings).run();
  }

  @Override
  public <I, O> OptimizationPlan plan(OptimizationTask<I, O> task) {
    return new RandomSearchRun<>(task, settings).plan();
  }

  /** Its name and all its settings. */
  @Override
  public String toString() {
    return name() + settings.toJson();
  }
}
