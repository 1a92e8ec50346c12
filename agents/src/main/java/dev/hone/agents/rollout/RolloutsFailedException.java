package dev.hone.agents.rollout;

import dev.hone.HoneException;
import dev.hone.row.RowFailure;
import dev.hone.text.Plural;
import java.util.List;
import java.util.Optional;

/**
 * None of the rollouts gave an output that may be the answer. Its cause is the first failure; the
 * others are suppressed.
 */
public final class RolloutsFailedException extends HoneException {
  private static final long serialVersionUID = 1L;

  private final transient Rollouts<?> rollouts;

  RolloutsFailedException(Rollouts<?> rollouts, List<RuntimeException> failures) {
    super(message(rollouts), failures.isEmpty() ? null : failures.get(0));
    this.rollouts = rollouts;
    failures.stream().skip(1).filter(e -> e != getCause()).forEach(this::addSuppressed);
  }

  private static String message(Rollouts<?> rollouts) {
    List<? extends Rollout<?>> all = rollouts.all();
    List<RuntimeException> ofProgram =
        all.stream().flatMap(rollout -> rollout.failure().stream()).toList();
    List<RuntimeException> ofJudge =
        all.stream().flatMap(rollout -> rollout.judgeFailure().stream()).toList();
    String message =
        "None of %s has an answer%s%s"
            .formatted(
                Plural.of(all.size(), "rollout"),
                part(ofProgram, "the program failed"),
                part(ofJudge, "the reward or vote failed"));
    return message.endsWith(".") ? message : message + ".";
  }

  private static String part(List<RuntimeException> failures, String what) {
    Optional<RuntimeException> first = failures.stream().findFirst();
    return first
        .map(
            error ->
                "; %s on %d, first with: %s"
                    .formatted(what, failures.size(), RowFailure.words(error)))
        .orElse("");
  }

  /** All rollouts. */
  public Rollouts<?> rollouts() {
    return rollouts;
  }
}
