package dev.hone.agents.rollout;

import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.context.Usage;
import dev.hone.lm.LanguageModel;
import dev.hone.program.CallGuidance;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.program.ProgramRun;
import dev.hone.program.ProgramRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program on an input until its reward is high enough, at most some number of times, with
 * advice for each of its predictors after every miss; returns the output with the highest reward,
 * of equal ones the first. Immutable and thread-safe, as program and reward are.
 *
 * <p>The advice is written by a predictor named {@code advise}, which optimizers tune like any
 * other. It is shown the program's predictors with their instructions, what they did in the try,
 * {@link #describedAs what is wanted} in your words, and the reward or failure; no source code.
 * Each predictor is given the advice that was written for its name, see {@link
 * CallGuidance#adviseAlso}; it is in no step and no demo. If no advice can be had, the next try is
 * made without.
 *
 * <p>Tries follow one another, each a draw of its own as in {@link BestOfN}, with which it also
 * shares what becomes of failures, budgets and steps. Optimizers learn from the advice only if the
 * try that it was for wins. Cost: at most {@code n} runs and rewards and {@code n - 1} calls of
 * {@code advise}. Source: DSPy's Refine. Differs from the reference: advice is for a predictor by
 * its name, so that two with equal fields get their own; advice that fails is no failed try; the
 * reward is described, not quoted; nothing is kept between calls.
 *
 * <p>Predictors of a compiled program within the program are told apart by the names that they have
 * there; those of two compiled programs with the same name share their advice.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class Refine<I, O> implements Program<I, O> {
  private static final String INSTRUCTIONS =
      """
      A program of one or more parts tried a task, and the result was not good enough. It will try \
      the same input again. Find out from its steps which part is to blame, and say to each part \
      that can do better what it is to do differently. A part sees its own inputs and your advice, \
      nothing else. Do not advise what it has done already, and do not make up facts.""";

  private final Program<I, O> program;
  private final Predict<Advice.Request, Advice> advise;
  private final RolloutMaker.Judge<I, O> reward;
  private final Drawing drawing;
  private final Goal goal;

  private Refine(
      Program<I, O> program,
      Predict<Advice.Request, Advice> advise,
      RolloutMaker.Judge<I, O> reward,
      Drawing drawing,
      Goal goal) {
    this.program = program;
    this.advise = advise;
    this.reward = reward;
    this.drawing = drawing;
    this.goal = goal;
  }

  /**
   * What is wanted.
   *
   * @param words in words; blank for nothing said
   * @param threshold the reward that is high enough; null for none
   */
  record Goal(String words, @Nullable Double threshold) {}

  /**
   * Refines by a reward of input and output.
   *
   * @param n the most tries, 1 to 100,000
   * @throws dev.hone.InvalidInputException if there are none
   */
  public static <I, O> Refine<I, O> of(
      Program<I, O> program, int n, ToDoubleBiFunction<? super I, ? super O> reward) {
    return of(program, n, (input, output, run) -> reward.applyAsDouble(input, output));
  }

  /** Refines by a reward that also sees the steps of the run. */
  public static <I, O> Refine<I, O> of(
      Program<I, O> program, int n, Reward<? super I, ? super O> reward) {
    return new Refine<>(
        program,
        Predict.of(Advice.Request.class, Advice.class, INSTRUCTIONS),
        RolloutMaker.Judge.by(reward),
        Drawing.of("n", n),
        new Goal("", null));
  }

  /** A copy that ends at a reward that is high enough; default: none, all tries are made. */
  public Refine<I, O> threshold(double value) {
    SettingCheck.finite("threshold", value);
    return new Refine<>(program, advise, reward, drawing, new Goal(goal.words(), value));
  }

  /** A copy that tells {@code advise} what the reward asks for; default: nothing is said. */
  public Refine<I, O> describedAs(String wanted) {
    return new Refine<>(program, advise, reward, drawing, new Goal(wanted, goal.threshold()));
  }

  /** A copy that samples at another temperature; see {@link BestOfN#temperature}. */
  public Refine<I, O> temperature(@Nullable Double value) {
    return new Refine<>(program, advise, reward, drawing.temperature(value), goal);
  }

  /** A copy whose advice comes from a model of its own; default: that of the context. */
  public Refine<I, O> advisedBy(LanguageModel model) {
    return new Refine<>(program, advise.on(model), reward, drawing, goal);
  }

  /** The predictor that writes the advice. */
  public Predict<Advice.Request, Advice> advise() {
    return advise;
  }

  /** The best output; errors as {@link BestOfN#run}. */
  @Override
  public O run(I input) {
    return ProgramRunner.runPart(this, () -> rollouts(input).output());
  }

  /** All tries, with the advice that each was given; errors as {@link BestOfN#rollouts}. */
  public Rollouts<O> rollouts(I input) {
    Tries tries = new Tries(input);
    Spend spend = Usage.<Rollouts.End, RuntimeException>track(tries::make).spend();
    return tries.rollouts(spend);
  }

  /** The tries for one input. */
  private final class Tries {
    private final Context context = Context.current();
    private final RolloutMaker<I, O> maker;
    private final Advisor<O> advisor;
    private final List<Rollout<O>> tries = new ArrayList<>();
    private Rollouts.End end = Rollouts.End.ALL_MADE;

    Tries(I input) {
      this.maker = new RolloutMaker<>(program, input, reward);
      this.advisor = new Advisor<>(advise, maker.branch(), goal);
    }

    Rollouts.End make() {
      Advisor.Given given = Advisor.Given.NONE;
      for (int i = 0; i < drawing.n(); i++) {
        Rollout<O> rollout = rollout(i, given);
        tries.add(rollout);
        if (isEnough(rollout)) {
          end = Rollouts.End.SETTLED;
          break;
        }
        given = i == drawing.n() - 1 ? Advisor.Given.NONE : advisor.after(rollout);
        if (RolloutMaker.isOutOfBudget(rollout) || given.isOutOfBudget()) {
          end = Rollouts.End.BUDGET_SPENT;
          break;
        }
      }
      return end;
    }

    private Rollout<O> rollout(int index, Advisor.Given given) {
      Context own = ProgramRun.drawn(context, index, drawing.temperature());
      Context advised = CallGuidance.adviseAlso(own, advisor.byNameInRun(given));
      return maker
          .make(index, advised.within(own.span().child()))
          .advised(given.advice(), given.failure());
    }

    private boolean isEnough(Rollout<O> rollout) {
      Double threshold = goal.threshold();
      return threshold != null && rollout.reward().orElse(Double.NaN) >= threshold;
    }

    Rollouts<O> rollouts(Spend spend) {
      int winner = BestOfN.best(tries);
      maker.end(tries, winner < 0 ? null : tries.get(winner));
      advisor.end(Math.max(winner - 1, -1));
      return new Rollouts<>(tries, winner, end, drawing.n(), spend);
    }
  }

  /** One line, such as {@code Refine[3 of Predict[text -> label], threshold 0.9]}. */
  @Override
  public String toString() {
    return "Refine[%d of %s%s]"
        .formatted(
            drawing.n(),
            program,
            goal.threshold() == null ? "" : ", threshold " + goal.threshold());
  }
}
