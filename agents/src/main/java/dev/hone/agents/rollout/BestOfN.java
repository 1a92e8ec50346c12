package dev.hone.agents.rollout;

import dev.hone.SettingCheck;
import dev.hone.context.Spend;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program several times on an input, and returns the output with the highest reward; of
 * equal ones the first. Immutable and thread-safe, as program and reward are.
 *
 * <p>Rollouts run in parallel, within the context's limit on calls in flight. Each is a draw of its
 * own at a {@link #temperature}, which depends on its place, the rollout id of the context and
 * nothing else, see {@link dev.hone.program.ProgramRun#drawn}: so a rerun finds cached replies, and
 * nested use never asks the same twice. With a {@link #threshold}, the first rollout by its place
 * that reaches it wins; those behind it are cancelled, those before it are waited for. So the
 * answer is the same for the same replies on any number of threads; only what is spent on cancelled
 * rollouts is not.
 *
 * <p>A rollout that fails costs itself only. A reward that fails is told apart from that; its
 * output cannot win. A refused credential, a missing model or an interrupt ends all; once a budget
 * is spent, the best of the rollouts before is the answer.
 *
 * <p>Its predictors are those of the program, below the name {@code program}. Metrics see the steps
 * of all rollouts, the winner's last; optimizers learn from the winner's only. Cost: that of {@code
 * n} runs and rewards, less with a threshold. Source: DSPy's BestOfN. Differs from the reference:
 * rollouts run in parallel; it keeps no state between calls; if nothing worked, that is an error
 * with all causes for any {@code n}.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class BestOfN<I, O> implements Program<I, O> {
  private final Program<I, O> program;
  private final RolloutMaker.Judge<I, O> reward;
  private final Drawing drawing;
  private final @Nullable Double threshold;

  private BestOfN(
      Program<I, O> program,
      RolloutMaker.Judge<I, O> reward,
      Drawing drawing,
      @Nullable Double threshold) {
    this.program = program;
    this.reward = reward;
    this.drawing = drawing;
    this.threshold = threshold;
  }

  /**
   * The best of some rollouts by a reward of input and output.
   *
   * @param n the most rollouts, 1 to 100,000
   * @throws dev.hone.InvalidInputException if there are none
   */
  public static <I, O> BestOfN<I, O> of(
      Program<I, O> program, int n, ToDoubleBiFunction<? super I, ? super O> reward) {
    return of(program, n, (input, output, run) -> reward.applyAsDouble(input, output));
  }

  /** The best of some rollouts by a reward that also sees the steps of the run. */
  public static <I, O> BestOfN<I, O> of(
      Program<I, O> program, int n, Reward<? super I, ? super O> reward) {
    return new BestOfN<>(program, RolloutMaker.Judge.by(reward), Drawing.of("n", n), null);
  }

  /** A copy that ends at a reward that is high enough; default: none, all rollouts are made. */
  public BestOfN<I, O> threshold(double value) {
    SettingCheck.finite("threshold", value);
    return new BestOfN<>(program, reward, drawing, value);
  }

  /**
   * A copy that samples at another temperature; default: 1, whatever the context and its models
   * say.
   *
   * @param value 0 to 2; null leaves it to them
   */
  public BestOfN<I, O> temperature(@Nullable Double value) {
    return new BestOfN<>(program, reward, drawing.temperature(value), threshold);
  }

  /**
   * A copy with a limit on the rollouts under way at once; default: as many as the context allows.
   * With 1, one after another, a threshold saves the most calls.
   */
  public BestOfN<I, O> maxInFlight(int value) {
    return new BestOfN<>(program, reward, drawing.maxInFlight(value), threshold);
  }

  /**
   * The best output.
   *
   * @throws RolloutsFailedException if no rollout has an output with a reward
   * @throws dev.hone.lm.LmException if there was no reply to any, the budget was spent before, the
   *     credential is refused, or the thread was interrupted
   */
  @Override
  public O run(I input) {
    return ProgramRunner.runPart(this, () -> rollouts(input).output());
  }

  /**
   * All rollouts, with their rewards, failures and usage. That none worked is no error here.
   *
   * @throws dev.hone.lm.LmException if the credential is refused, or the thread was interrupted
   */
  public Rollouts<O> rollouts(I input) {
    RolloutMaker<I, O> maker = new RolloutMaker<>(program, input, reward);
    ParallelRollouts<I, O> rollouts =
        new ParallelRollouts<>(maker, drawing, new ByReward<>(threshold));
    Spend spend = rollouts.tracked();
    List<Rollout<O>> made = rollouts.rollouts();
    int winner = best(made);
    maker.end(made, winner < 0 ? null : made.get(winner));
    return new Rollouts<>(made, winner, rollouts.end(), drawing.n(), spend);
  }

  /** The rollout with the highest reward, of equal ones the first; -1 for none. */
  static <O> int best(List<Rollout<O>> rollouts) {
    int best = -1;
    for (int i = 0; i < rollouts.size(); i++) {
      OptionalDouble reward = rollouts.get(i).reward();
      if (reward.isPresent()
          && (best < 0 || reward.getAsDouble() > rollouts.get(best).reward().orElseThrow())) {
        best = i;
      }
    }
    return best;
  }

  /** Whether a reward is high enough. */
  record ByReward<O>(@Nullable Double threshold) implements ParallelRollouts.Choice<O> {
    @Override
    public boolean endsAt(Rollout<O> rollout) {
      return threshold != null && rollout.reward().orElse(Double.NaN) >= threshold;
    }
  }

  /** One line, such as {@code BestOfN[5 of Predict[text -> label], threshold 0.9]}. */
  @Override
  public String toString() {
    return "BestOfN[%d of %s%s]"
        .formatted(drawing.n(), program, threshold == null ? "" : ", threshold " + threshold);
  }
}
