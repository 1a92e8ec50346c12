package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.AskTell;
import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.ReferenceSchedule;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import java.util.SplittableRandom;

/**
 * One of Hone's searches, with the budget that MIPROv2 gives it for the reference's trials: two
 * trials in flight, minibatches where the validation set has more than 50 examples, and the size of
 * prompts to break ties.
 *
 * @param search the search
 */
record HonePlayer(Search search) implements Player {
  /** What MIPROv2 has in flight by default. */
  private static final int IN_FLIGHT = 2;

  @Override
  public Configuration play(CallMeter meter, Allowance allowance, long seed) {
    ReferenceSchedule schedule = allowance.schedule();
    SearchBudget budget =
        SearchBudget.ofTrials(schedule.trials())
            .minibatchSize(schedule.whole() ? null : schedule.minibatch())
            .fullEvaluationSteps(ReferenceSchedule.FULL_STEPS)
            .trialsInFlight(IN_FLIGHT);
    SearchProblem problem =
        SearchProblem.of(meter.space(), meter.baseline(), meter.examples().size())
            .tokensPerRun(meter::tokens);
    AskTell asked = new AskTell(search.start(problem, budget, new SplittableRandom(seed)), meter);
    asked.toTheEnd();
    return asked.best();
  }
}
