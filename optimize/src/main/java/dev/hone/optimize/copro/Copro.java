package dev.hone.optimize.copro;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LanguageModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimized;
import dev.hone.program.Program;
import org.jspecify.annotations.Nullable;

/**
 * COPRO: finds better instructions by coordinate ascent. In each round it proposes instructions for
 * every predictor, from the second round on knowing what the best of the earlier ones scored;
 * evaluates each on the whole trainset, predictor by predictor, the others having the best found by
 * then; and keeps what is better than all before. Demos stay as they are. Immutable and
 * thread-safe.
 *
 * <p>Determinism: the same program, data, settings and replies give the same result, whatever the
 * number of threads. Cost, for p predictors and n examples: at most n (1 + p (breadth · depth − 1))
 * program runs, and p (breadth · depth − 1) calls of the prompt model, each at most twice again
 * where it says what was said before. Source: DSPy's COPRO. Differs from the reference: every
 * proposal is a call of its own, so no provider has to offer several replies per call, and one that
 * fails costs only itself; proposals are grounded in the predictor's fields; instructions are
 * evaluated once, not again in every later round, and duplicates never; only instructions are
 * changed, not field prefixes, which no prompt shows; an instruction wins only if it is strictly
 * better, so the original stays where nothing is; when the budget is spent, the best so far is
 * returned.
 *
 * @param settings all settings
 * @param promptModel the model that writes instructions; null for the one that runs the program
 */
public record Copro(CoproSettings settings, @Nullable LanguageModel promptModel) {
  static final String NAME = "Copro";

  /** Default settings, on the model of the context. */
  public static Copro defaults() {
    return of(CoproSettings.defaults());
  }

  /** An optimizer with these settings, on the model of the context. */
  public static Copro of(CoproSettings settings) {
    return new Copro(settings, null);
  }

  /** A copy in which another model writes the instructions. */
  public Copro withPromptModel(LanguageModel value) {
    return new Copro(settings, value);
  }

  /**
   * Finds instructions in the current context.
   *
   * @param trainset the examples that candidates are evaluated on, but for those that the demos of
   *     the student show
   * @throws dev.hone.InvalidInputException if no model is set, the trainset is empty, or the
   *     program has no predictors; thrown before the first call
   * @throws dev.hone.evaluate.EvaluationFailedException if the baseline cannot be scored at all
   * @throws dev.hone.lm.LmException if the credential is refused, or the budget is spent before the
   *     baseline was evaluated
   */
  public <I, O> Optimized<I, O, CoproReport> compile(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return new CoproRun<>(student, trainset, metric, settings, promptContext()).run();
  }

  private Context promptContext() {
    Context current = Context.current();
    current.lm();
    return promptModel == null ? current : current.toBuilder().lm(promptModel).build();
  }
}
