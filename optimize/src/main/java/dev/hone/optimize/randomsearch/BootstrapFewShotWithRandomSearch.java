package dev.hone.optimize.randomsearch;

import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.program.Program;

/**
 * Bootstraps demos in several ways, evaluates each of them on the whole validation set, and returns
 * the best program: the one that was given, zero-shot, labels only, the first successful runs, and
 * random numbers of random successful runs. Instructions stay as they are. Immutable and
 * thread-safe.
 *
 * <p>Determinism: the same program, data, settings and replies give the same result, whatever the
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
 *
 * @param settings all settings
 */
public record BootstrapFewShotWithRandomSearch(BootstrapRandomSearchSettings settings) {
  static final String NAME = "BootstrapFewShotWithRandomSearch";

  /** Default settings: 16 shuffled candidates, seed 0. */
  public static BootstrapFewShotWithRandomSearch defaults() {
    return of(BootstrapRandomSearchSettings.defaults());
  }

  /** An optimizer with these settings. */
  public static BootstrapFewShotWithRandomSearch of(BootstrapRandomSearchSettings settings) {
    return new BootstrapFewShotWithRandomSearch(settings);
  }

  /** Finds demos, choosing by a share of the trainset; see the other {@code compile}. */
  public <I, O> Optimized<I, O, BootstrapRandomSearchReport> compile(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return compile(OptimizationTask.of(student, trainset, metric));
  }

  /**
   * Finds demos in the current context.
   *
   * @throws dev.hone.InvalidInputException if no model is set, the data is too small or its parts
   *     overlap, or the teacher has other predictors; thrown before the first call
   * @throws dev.hone.evaluate.EvaluationFailedException if the baseline cannot be scored at all
   * @throws dev.hone.lm.LmException if the credential is refused, or the budget is spent before the
   *     baseline was evaluated
   */
  public <I, O> Optimized<I, O, BootstrapRandomSearchReport> compile(OptimizationTask<I, O> task) {
    return new RandomSearchRun<>(task, settings).run();
  }
}
