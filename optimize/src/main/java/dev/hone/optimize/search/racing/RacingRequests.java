package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import java.util.List;

/** Numbers the requests of a race, and counts what they take from its budget. */
final class RacingRequests {
  private final ExampleOrder order;
  private final RacingBudget budget;
  private int trials;

  RacingRequests(ExampleOrder order, RacingBudget budget) {
    this.order = order;
    this.budget = budget;
  }

  /**
   * The next block of a configuration; its last one as part of the whole validation set, which it
   * completes.
   */
  EvaluationRequest block(Race.Pick pick) {
    if (pick.arm().lacksOneBlock()) {
      return full(pick.arm(), pick.choice());
    }
    List<Integer> examples = pick.arm().nextBlock();
    budget.spend(examples.size());
    return new EvaluationRequest(
        trials++,
        EvaluationRequest.Kind.MINIBATCH,
        pick.arm().configuration(),
        examples,
        pick.choice());
  }

  /** A configuration on the whole validation set; what it has met costs nothing. */
  EvaluationRequest full(Arm arm, EvaluationRequest.Choice choice) {
    budget.spend(arm.unasked());
    arm.askAll();
    return new EvaluationRequest(
        trials++, EvaluationRequest.Kind.FULL, arm.configuration(), order.all(), choice);
  }
}
