package dev.hone.benchmarks.quality;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Plays one of Hone's searches on a surface, under the reference's budget of trials. */
final class SearchPlayer {
  private final Surface surface;
  private final SearchRun run;
  private final CallMeter meter;
  private final AskTell asked;

  SearchPlayer(Surface surface, Search search, int trialsInFlight, long seed) {
    this.surface = surface;
    this.meter = new CallMeter(surface);
    SurfaceShape shape = surface.shape();
    SearchProblem problem = SearchProblem.of(surface.space(), surface.baseline(), shape.examples());
    SearchBudget budget =
        SearchBudget.ofTrials(shape.schedule().trials())
            .minibatchSize(ReferenceSchedule.MINIBATCH)
            .fullEvaluationSteps(ReferenceSchedule.FULL_STEPS)
            .trialsInFlight(trialsInFlight);
    this.run = search.start(problem, budget, new SplittableRandom(seed));
    this.asked = new AskTell(run, meter);
  }

  /** Plays to the end. */
  Played play() {
    asked.toTheEnd();
    double budget =
        RacingSearch.defaults().budgetFraction() * surface.shape().schedule().scheduled();
    boolean early =
        run.finishReason() == FinishReason.NOT_WORTH_MORE && meter.calls() <= 0.9 * budget;
    return played().ended(asked.completion(), early);
  }

  /** What the race said of itself when it had ended. */
  Judged judged() {
    Configuration best = run.best().orElseThrow().configuration();
    double score = surface.trueScore(best);
    return new Judged(
        run.finishReason() == FinishReason.NOT_WORTH_MORE,
        best.equals(surface.baseline()),
        surface.best() - score,
        run.expectedLoss().orElseThrow(),
        run.confidence().orElseThrow(),
        score >= surface.trueScore(surface.baseline()));
  }

  /** Plays to the end, and notes the last state within each number of calls. */
  List<Played> play(int[] checkpoints) {
    List<Played> noted = new ArrayList<>();
    Played within = played();
    boolean more = true;
    for (int checkpoint : checkpoints) {
      while (more && meter.calls() <= checkpoint) {
        within = played();
        more = asked.step();
      }
      noted.add(meter.calls() <= checkpoint ? played() : within);
    }
    return noted;
  }

  private Played played() {
    return Played.of(meter, surface.trueScore(asked.best()));
  }
}
