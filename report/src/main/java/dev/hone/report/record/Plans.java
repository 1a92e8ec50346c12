package dev.hone.report.record;

import dev.hone.optimize.mipro.MiproV2Plan;
import dev.hone.report.data.RunPlan;

/** What a plan says, as values. */
final class Plans {
  private Plans() {}

  static RunPlan of(MiproV2Plan plan) {
    return new RunPlan(
        plan.toString(),
        plan.trainExamples(),
        plan.validationExamples(),
        plan.trials(),
        plan.search(),
        plan.maxProgramRuns() * plan.predictors() + plan.maxProposerCalls());
  }
}
