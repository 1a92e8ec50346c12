package dev.hone.optimize.copro;

import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.candidate.ProposalWording;
import dev.hone.optimize.candidate.ProposerOptions;
import dev.hone.optimize.candidate.ProposerTemplate;
import dev.hone.optimize.task.ModelNames;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * COPRO: finds better instructions by coordinate ascent. In each round it proposes instructions for
 * every predictor, from the second round on knowing what the best of the earlier ones scored;
 * evaluates each on the whole trainset, predictor by predictor, the others having the best found by
 * then; and keeps what is better than all before. Demos stay as they are. Immutable and
 * thread-safe.
 *
 * <p>Determinism: the same program, data, settings and replies give the same result, with any
 * number of threads. Cost, for p predictors and n examples: at most n (1 + p (breadth · depth − 1))
 * program runs, and p (breadth · depth − 1) calls of the prompt model, each at most twice again
 * where it says what was said before, or fails. Source: DSPy's COPRO. Differs from the reference:
 * every proposal is a call of its own, so no provider has to offer several replies per call, and
 * one that fails costs only itself; proposals are grounded in the predictor's fields; instructions
 * are evaluated once, not again in every later round, and duplicates never; only instructions are
 * changed, not field prefixes, which no prompt shows; an instruction wins only if it is strictly
 * better, so the original stays where nothing is; when the budget is spent, the best so far is
 * returned.
 */
public final class Copro implements Optimizer<CoproReport> {
  static final String NAME = "Copro";

  private final CoproSettings settings;
  private final @Nullable LanguageModel promptModel;

  private Copro(CoproSettings settings, @Nullable LanguageModel promptModel) {
    this.settings = settings;
    this.promptModel = promptModel;
  }

  /** Breadth 10, depth 3, temperature 1.4, failures count 0, seed 0, on the context's model. */
  public static Copro defaults() {
    return new Copro(CoproSettings.defaults(), null);
  }

  private Copro with(Consumer<CoproSettings.Draft> change) {
    return new Copro(settings.with(change), promptModel);
  }

  /** All settings. */
  public CoproSettings settings() {
    return settings;
  }

  /** A copy in which another model writes the instructions; default: the one that runs them. */
  public Copro promptModel(LanguageModel value) {
    return new Copro(settings, value);
  }

  /**
   * A copy with this number of instructions per predictor and round; in the first round the
   * original is one of them; at least 2, default 10.
   */
  public Copro breadth(int value) {
    return with(draft -> draft.breadth = value);
  }

  /** A copy with another number of rounds; at least 1, default 3. */
  public Copro depth(int value) {
    return with(draft -> draft.depth = value);
  }

  /** A copy with another temperature of proposals, 0 to 2; default 1.4. */
  public Copro initTemperature(double value) {
    return with(draft -> draft.initTemperature = value);
  }

  /** A copy with another score of an example whose program failed; default 0. */
  public Copro failureScore(double value) {
    return with(draft -> draft.failureScore = value);
  }

  /**
   * A copy in which texts are fixed, word for word; each must stand in the instruction of a
   * predictor. As {@link ProposerOptions#keep}, which also says what becomes of proposals that lose
   * an allowed value or a placeholder. Default: nothing is fixed.
   */
  public Copro keep(String... value) {
    SettingCheck.given("keep", value);
    return wording(wording -> wording.withKeep(List.of(value)));
  }

  /** A copy whose instructions are written in a language, such as {@code German}; default: any. */
  public Copro proposalLanguage(String value) {
    SettingCheck.given("proposalLanguage", value);
    return wording(wording -> wording.withLanguage(value));
  }

  /** A copy that asks for instructions by another wording. */
  public Copro template(ProposerTemplate value) {
    SettingCheck.given("template", value);
    return wording(wording -> wording.withTemplates(List.of(value)));
  }

  private Copro wording(UnaryOperator<ProposalWording> change) {
    return with(draft -> draft.wording = change.apply(draft.wording));
  }

  /**
   * A copy with another seed, which distinguishes the proposals of one run from those of another,
   * where a cache would give them again; default 0, which is a seed.
   */
  public Copro seed(long value) {
    return with(draft -> draft.seed = value);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Finds instructions in the current context. Candidates are evaluated on the trainset, except for
   * the examples that the demos of the student show.
   *
   * @throws dev.hone.InvalidInputException if no model is set, the trainset is empty, or the
   *     program has no predictors; thrown before the first call
   * @throws dev.hone.evaluate.EvaluationFailedException if the baseline cannot be scored at all
   * @throws dev.hone.lm.LmException if the credential is refused, the budget spent or the thread
   *     interrupted before the baseline was evaluated; later, the best so far is returned, and the
   *     report says so
   */
  @Override
  public <I, O> Optimized<I, O, CoproReport> compile(OptimizationTask<I, O> task) {
    return new CoproRun<>(task, settings, promptContext()).run();
  }

  @Override
  public <I, O> OptimizationPlan plan(OptimizationTask<I, O> task) {
    return new CoproRun<>(task, settings, promptContext()).plan();
  }

  private Context promptContext() {
    Context current = Context.current();
    current.lm();
    return promptModel == null ? current : current.toBuilder().lm(promptModel).build();
  }

  /** Its name and all its settings, with the model that was set. */
  @Override
  public String toString() {
    return name() + ModelNames.in(settings.toJson(), null, promptModel);
  }
}
