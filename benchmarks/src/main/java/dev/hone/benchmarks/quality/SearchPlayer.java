package dev.hone.benchmarks.quality;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.racing.RacingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Plays one of Hone's searches on a surface, under the reference's budget of trials. */
final class SearchPlayer {
  private final Surface surface;
  private final SearchRun run;
  private final CallMeter meter;
  private int completion;

  SearchPlayer(Surface surface, Search search, int trialsInFlight, long seed) {
    this.surface = surface;
    this.meter = new CallMeter(surface);
    SurfaceShape shape = surface.shape();
    SearchProblem problem =
        new SearchProblem(
            surface.space(),
            surface.baseline(),
            Collections.nCopies(shape.examples(), ""),
            configuration -> 0);
    SearchBudget budget =
        new SearchBudget(
            shape.trials(),
            SurfaceShape.MINIBATCH,
            SurfaceShape.FULL_STEPS,
            1,
            trialsInFlight,
            null,
            0);
    this.run = search.start(problem, budget, new SplittableRandom(seed));
  }

  /** Plays to the end. */
  Played play() {
    while (step()) {
      // until the search has nothing to ask
    }
    double budget = RacingSettings.defaults().budgetFraction() * surface.shape().scheduled();
    boolean early = run.finishReason() == FinishReason.CONFIDENT && meter.calls() <= 0.9 * budget;
    return standing().ended(completion, early);
  }

  /** What the race said of itself when it had ended. */
  Judged judged() {
    Configuration best = run.best().orElseThrow().configuration();
    double score = surface.trueScore(best);
    return new Judged(
        run.finishReason() == FinishReason.CONFIDENT,
        best.equals(surface.baseline()),
        surface.best() - score > RacingSettings.defaults().tolerance(),
        run.confidence().orElseThrow(),
        score >= surface.trueScore(surface.baseline()));
  }

  /** Plays to the end, and notes the last standing within each number of calls. */
  List<Played> play(int[] checkpoints) {
    List<Played> noted = new ArrayList<>();
    Played within = standing();
    boolean more = true;
    for (int checkpoint : checkpoints) {
      while (more && meter.calls() <= checkpoint) {
        within = standing();
        more = step();
      }
      noted.add(meter.calls() <= checkpoint ? standing() : within);
    }
    return noted;
  }

  private boolean step() {
    List<EvaluationRequest> asks = run.ask();
    List<EvaluationScores> told = new ArrayList<>();
    for (EvaluationRequest ask : asks) {
      int before = meter.calls();
      double[] scores = meter.evaluate(ask.configuration(), ask.examples());
      completion += ask.kind() == EvaluationRequest.Kind.FULL ? meter.calls() - before : 0;
      told.add(
          new EvaluationScores(ask, Arrays.stream(scores).mapToObj(OptionalDouble::of).toList()));
    }
    if (!asks.isEmpty()) {
      run.tell(told);
    }
    return !asks.isEmpty();
  }

  private Played standing() {
    Configuration best =
        run.best().map(standing -> standing.configuration()).orElse(surface.baseline());
    return Played.of(meter, surface.trueScore(best));
  }
}
