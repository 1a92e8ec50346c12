package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LanguageModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.program.Program;
import org.jspecify.annotations.Nullable;

/**
 * MIPROv2: finds instructions and demos for all predictors of a program jointly.
 *
 * <ol>
 *   <li>Demo sets: bootstraps several per predictor from runs of a teacher that the metric passed.
 *   <li>Instructions: proposes several per predictor, grounded in a summary of the data, a
 *       description of the program, demos and a tip.
 *   <li>Search: evaluates configurations of both on minibatches, guided by what earlier ones
 *       scored; evaluates the best fully, the baseline first of all; returns the best of those, and
 *       the baseline if nothing beats it.
 * </ol>
 *
 * <p>Immutable and thread-safe. Determinism: the same program, data, settings, seed and replies
 * give the same result, whatever the number of threads. Cost: see {@link #plan}. Source: Opsahl-Ong
 * et al., Optimizing Instructions and Demonstrations for Multi-Stage Language Model Programs (EMNLP
 * 2024), and DSPy's MIPROv2. Differs from the reference: see {@code docs/parity.md}.
 *
 * @param settings all settings
 * @param taskModel the model that runs the program; null for the context's
 * @param promptModel the model that writes instructions; null for the one that runs the program
 */
public record MiproV2(
    MiproV2Settings settings,
    @Nullable LanguageModel taskModel,
    @Nullable LanguageModel promptModel) {

  /** An optimizer with these settings, on the models of the context. */
  public static MiproV2 of(MiproV2Settings settings) {
    return new MiproV2(settings, null, null);
  }

  /** An optimizer with a preset, on the models of the context. */
  public static MiproV2 auto(Auto auto) {
    return of(MiproV2Settings.builder().auto(auto).build());
  }

  /** A copy with another seed. */
  public MiproV2 seed(long seed) {
    return new MiproV2(settings.toBuilder().seed(seed).build(), taskModel, promptModel);
  }

  /** A copy in which another model runs the program. */
  public MiproV2 taskModel(LanguageModel model) {
    return new MiproV2(settings, model, promptModel);
  }

  /** A copy in which another model writes the instructions. */
  public MiproV2 promptModel(LanguageModel model) {
    return new MiproV2(settings, taskModel, model);
  }

  /**
   * Improves a program, choosing by a share of the trainset; see {@link
   * #compile(OptimizationTask)}.
   */
  public <I, O> Optimized<I, O, MiproV2Report> compile(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return compile(OptimizationTask.of(student, trainset, metric));
  }

  /**
   * Improves a program in the current context. When the budget of the context is spent, the
   * credential refused or the model gone during the search, the best program so far is returned,
   * and the report says so.
   *
   * @throws dev.hone.InvalidInputException if no model is set, the data is too small or its parts
   *     overlap, or the program has no predictors; thrown before the first call
   * @throws dev.hone.evaluate.EvaluationFailedException if the baseline cannot be scored at all
   * @throws dev.hone.lm.LmException if the thread is interrupted, or the credential is refused or
   *     the budget spent before the search knows anything of the baseline
   */
  public <I, O> Optimized<I, O, MiproV2Report> compile(OptimizationTask<I, O> task) {
    return new MiproV2Run<>(task, settings, taskContext(), promptContext()).run();
  }

  /**
   * What {@link #compile} would do, in numbers. Makes no call.
   *
   * @throws dev.hone.InvalidInputException as {@link #compile}
   */
  public <I, O> MiproV2Plan plan(OptimizationTask<I, O> task) {
    return MiproV2Plan.of(task, MiproV2Run.data(task, settings), settings);
  }

  private Context taskContext() {
    Context current = Context.current();
    if (taskModel != null) {
      return current.toBuilder().lm(taskModel).build();
    }
    current.lm();
    return current;
  }

  private Context promptContext() {
    return promptModel == null
        ? taskContext()
        : Context.current().toBuilder().lm(promptModel).build();
  }
}
