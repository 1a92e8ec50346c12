package dev.hone.agents.rollout;

import dev.hone.context.Spend;
import dev.hone.lm.LmException;
import dev.hone.row.RowFailure;
import java.util.List;
import java.util.Optional;

/**
 * What came of running a program several times on one input. Immutable.
 *
 * @param <O> what the program returns
 */
public final class Rollouts<O> {
  private final List<Rollout<O>> rollouts;
  private final int winner;
  private final End end;
  private final int planned;
  private final Spend spend;

  /** Why there are no more rollouts. */
  public enum End {
    /** The answer was settled: a threshold was reached, or a majority is certain. */
    SETTLED,
    /** All rollouts were made. */
    ALL_MADE,
    /** The budget was spent; the answer is the best of those that were made before. */
    BUDGET_SPENT
  }

  Rollouts(List<Rollout<O>> rollouts, int winner, End end, int planned, Spend spend) {
    this.rollouts = List.copyOf(rollouts);
    this.winner = winner;
    this.end = end;
    this.planned = planned;
    this.spend = spend;
  }

  /**
   * The rollouts that count, in order. Those that were not made, or were cancelled, once the answer
   * was settled are none of them: which ones had begun by then depends on threads.
   */
  public List<Rollout<O>> all() {
    return rollouts;
  }

  /** The rollout whose output is the answer; empty if none has one. */
  public Optional<Rollout<O>> winner() {
    return winner < 0 ? Optional.empty() : Optional.of(rollouts.get(winner));
  }

  /**
   * The answer.
   *
   * @throws LmException if no rollout had a reply, or the budget was spent before any had one
   * @throws RolloutsFailedException if there is none for other reasons
   */
  public O output() {
    return winner().flatMap(Rollout::output).orElseThrow(this::failure);
  }

  /** Why there are no more rollouts. */
  public End end() {
    return end;
  }

  /** How many rollouts were not needed, since the answer was settled, or not paid for. */
  public int leftOut() {
    return planned - rollouts.size();
  }

  /**
   * What all of it cost, judges, advice and what was cancelled included. The latter depends on
   * threads; all else is the same for the same replies.
   */
  public Spend spend() {
    return spend;
  }

  /** A budget or a model that is gone is not the program's fault, and must not look like it. */
  private RuntimeException failure() {
    List<RuntimeException> failures =
        rollouts.stream().flatMap(rollout -> rollout.anyFailure().stream()).toList();
    List<LmException> noReplies =
        failures.stream()
            .map(RowFailure::decisive)
            .filter(LmException.class::isInstance)
            .map(LmException.class::cast)
            .toList();
    Optional<LmException> budget =
        noReplies.stream().filter(LmException.BudgetExhausted.class::isInstance).findFirst();
    if (budget.isEmpty() && noReplies.size() < failures.size() || failures.isEmpty()) {
      return new RolloutsFailedException(this, failures);
    }
    LmException thrown = budget.orElseGet(() -> noReplies.get(0));
    failures.stream()
        .filter(other -> other != thrown && RowFailure.decisive(other) != thrown)
        .forEach(thrown::addSuppressed);
    return thrown;
  }

  /** One line, such as {@code Rollouts[3 of 5, SETTLED, winner 2]}. */
  @Override
  public String toString() {
    return "Rollouts[%d of %d, %s, winner %s]"
        .formatted(rollouts.size(), planned, end, winner < 0 ? "none" : winner);
  }
}
