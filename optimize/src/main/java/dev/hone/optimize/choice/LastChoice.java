package dev.hone.optimize.choice;

import dev.hone.metric.Constraint;
import dev.hone.optimize.run.ReturnReason;
import dev.hone.optimize.search.Configuration;
import java.util.List;

/**
 * Which configuration is returned, and why.
 *
 * @param configuration what is returned
 * @param reason why
 * @param preferred what the baseline was kept instead of, by {@code keepBaselineUnless}; otherwise
 *     what is returned
 * @param checks what the examples show of each constraint for it; empty without constraints
 * @param notes how it was chosen where more is to be said, in sentences
 */
public record LastChoice(
    Configuration configuration,
    ReturnReason reason,
    Configuration preferred,
    List<Constraint.Check> checks,
    List<String> notes) {
  /** Copies the lists. */
  public LastChoice {
    checks = List.copyOf(checks);
    notes = List.copyOf(notes);
  }

  /** A choice without constraints or notes. */
  public static LastChoice of(Configuration configuration, ReturnReason reason) {
    return new LastChoice(configuration, reason, configuration, List.of(), List.of());
  }

  /** A copy for another reason. */
  public LastChoice because(ReturnReason other) {
    return new LastChoice(configuration, other, preferred, checks, notes);
  }

  /** This choice of the baseline, kept instead of another configuration. */
  LastChoice insteadOf(Configuration other) {
    return new LastChoice(configuration, ReturnReason.KEPT_BASELINE, other, checks, notes);
  }

  /** Whether constraints are shown to be met, if there are any. */
  public boolean holds() {
    return checks.stream().allMatch(Constraint.Check::met);
  }
}
