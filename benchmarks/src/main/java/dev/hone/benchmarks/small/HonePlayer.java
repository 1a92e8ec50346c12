package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.AskTell;
import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.ReferenceSchedule;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import java.util.SplittableRandom;

/**
 * One of Hone's searches, with the budget that MIPROv2 gives it for the reference's trials: two
 * trials in flight, minibatches where the validation set has more than 50 examples, and the size of
 * prompts to break ties.
 *
 * @param search the search
 * @param keepUnless the probability under which the baseline is kept, by the search's own
 *     confidence; 0 for never
 */
record HonePlayer(Search search, double keepUnless) implements Player {
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
    SearchRun run = search.start(problem, budget, new SplittableRandom(seed));
    AskTell asked = new AskTell(run, meter);
    asked.toTheEnd();
    boolean kept = keepUnless > 0 && run.confidence().orElse(0) < keepUnless;
    return kept ? meter.baseline() : asked.best();
  }
}
