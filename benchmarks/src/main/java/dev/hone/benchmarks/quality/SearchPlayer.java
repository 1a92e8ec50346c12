package dev.hone.benchmarks.quality;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.ArrayList;
import java.util.Arrays;
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
    SearchProblem problem = SearchProblem.of(surface.space(), surface.baseline(), shape.examples());
    SearchBudget budget =
        SearchBudget.ofTrials(shape.trials())
            .minibatchSize(SurfaceShape.MINIBATCH)
            .fullEvaluationSteps(SurfaceShape.FULL_STEPS)
            .trialsInFlight(trialsInFlight);
    this.run = search.start(problem, budget, new SplittableRandom(seed));
  }

  /** Plays to the end. */
  Played play() {
    while (step()) {
      // until the search has nothing to ask
    }
    double budget = RacingSearch.defaults().budgetFraction() * surface.shape().scheduled();
    boolean early = run.finishReason() == FinishReason.CONFIDENT && meter.calls() <= 0.9 * budget;
    return played().ended(completion, early);
  }

  /** What the race said of itself when it had ended. */
  Judged judged() {
    Configuration best = run.best().orElseThrow().configuration();
    double score = surface.trueScore(best);
    return new Judged(
        run.finishReason() == FinishReason.CONFIDENT,
        best.equals(surface.baseline()),
        surface.best() - score > RacingSearch.defaults().tolerance(),
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
        more = step();
      }
      noted.add(meter.calls() <= checkpoint ? played() : within);
    }
    return noted;
  }

  private boolean step() {
    List<EvaluationRequest> requests = run.ask();
    List<EvaluationScores> results = new ArrayList<>();
    for (EvaluationRequest request : requests) {
      int before = meter.calls();
      double[] scores = meter.evaluate(request.configuration(), request.examples());
      completion += request.kind() == EvaluationRequest.Kind.FULL ? meter.calls() - before : 0;
      List<OptionalDouble> found = Arrays.stream(scores).mapToObj(OptionalDouble::of).toList();
      results.add(new EvaluationScores(request, found));
    }
    if (!requests.isEmpty()) {
      run.tell(results);
    }
    return !requests.isEmpty();
  }

  private Played played() {
    Configuration best =
        run.best().map(ConfigurationSummary::configuration).orElse(surface.baseline());
    return Played.of(meter, surface.trueScore(best));
  }
}
