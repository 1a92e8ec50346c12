package dev.hone.agents.rollout;

import dev.hone.InvalidInputException;
import dev.hone.agents.rollout.Rollout.Verdict;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.context.Usage;
import dev.hone.lm.LmException;
import dev.hone.metric.RunTrace;
import dev.hone.program.Program;
import dev.hone.program.ProgramRun;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.row.RowFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes rollouts of a program on one input, each apart from the run that is under way and counted
 * by itself, and tells the failures of the program from those of what judges its output.
 */
final class RolloutMaker<I, O> {
  private final ProgramRun.Branch<I, O> branch;
  private final I input;
  private final Judge<I, O> judge;

  /** Under the current context. */
  RolloutMaker(Program<I, O> program, I input, Judge<I, O> judge) {
    this.branch = ProgramRun.branch(program);
    this.input = input;
    this.judge = judge;
  }

  /** Makes something of an output, to choose by. */
  @FunctionalInterface
  interface Judge<I, O> {
    /** A reward as a {@link Rollout.Worth}, or what the output votes for; null for neither. */
    @Nullable Object of(I input, O output, RunTrace run);

    static <I, O> Judge<I, O> none() {
      return (input, output, run) -> null;
    }

    static <I, O> Judge<I, O> by(Reward<? super I, ? super O> reward) {
      return (input, output, run) -> {
        double value = reward.of(input, output, run);
        if (!Double.isFinite(value)) {
          throw InvalidInputException.of(
              "The reward is %s, expected a finite number".formatted(value),
              "give a failing output a low reward");
        }
        return new Rollout.Worth(value);
      };
    }
  }

  /**
   * Makes one rollout under a context.
   *
   * @throws LmException if the credential is refused or the thread interrupted
   * @throws dev.hone.context.MissingModelException if there is no model
   */
  Rollout<O> make(int index, Context context) {
    Usage.Tracked<Execution<O>> ran = context.call(() -> Usage.track(() -> branch.run(input)));
    Execution<O> execution = ran.value();
    if (execution.failure() != null) {
      Throwable decisive = RowFailure.decisive(execution.failure());
      if (!(decisive instanceof LmException.BudgetExhausted)) {
        RowFailure.requireGoingOnAfterProgram(decisive);
      }
    }
    O output = execution.output();
    Usage.Tracked<Verdict> judged =
        output == null
            ? new Usage.Tracked<>(Verdict.NONE, Spend.NONE)
            : Usage.track(() -> judged(execution, output));
    return Rollout.of(index, ran, judged);
  }

  private Verdict judged(Execution<O> execution, O output) {
    try {
      RunTrace run = RunTrace.of(RunTrace.Purpose.EVALUATE, execution);
      return branch.apart(() -> new Verdict(judge.of(input, output, run), null));
    } catch (Throwable e) {
      Throwable decisive = RowFailure.decisive(e);
      if (!(decisive instanceof LmException.BudgetExhausted)) {
        RowFailure.requireGoingOn(decisive);
      }
      return new Verdict(
          null,
          e instanceof RuntimeException own
              ? own
              : new IllegalStateException("The reward threw " + RowFailure.text(e), e));
    }
  }

  static boolean isOutOfBudget(Rollout<?> rollout) {
    return rollout
        .anyFailure()
        .filter(e -> RowFailure.decisive(e) instanceof LmException.BudgetExhausted)
        .isPresent();
  }

  ProgramRun.Branch<I, O> branch() {
    return branch;
  }

  /** What the program did becomes part of the run under way: the winner's last, to be learnt. */
  void end(List<Rollout<O>> rollouts, @Nullable Rollout<O> winner) {
    branch.take(
        rollouts.stream().map(Rollout::execution).toList(),
        winner == null ? -1 : rollouts.indexOf(winner));
  }
}
