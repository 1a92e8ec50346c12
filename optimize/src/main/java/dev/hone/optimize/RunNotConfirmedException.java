package dev.hone.optimize;

import dev.hone.HoneException;

/**
 * A run was not begun, since whoever was asked by {@link Optimizer#confirm} said no. No call was
 * made, and nothing was spent.
 */
public final class RunNotConfirmedException extends HoneException {
  private static final long serialVersionUID = 1L;

  private final transient OptimizationPlan plan;

  RunNotConfirmedException(OptimizationPlan plan) {
    super(
        "The run of %s was not confirmed, so no call was made. Its plan: %s. Maybe take a smaller preset or fewer trials, and see what plan(...) says."
            .formatted(plan.optimizer(), plan));
    this.plan = plan;
  }

  /** What the run would have done and cost at most. */
  public OptimizationPlan plan() {
    return plan;
  }
}
