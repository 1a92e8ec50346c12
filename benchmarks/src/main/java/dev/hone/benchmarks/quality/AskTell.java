package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Gives a run of one of Hone's searches the outcomes that it asks for. Not thread-safe. */
public final class AskTell {
  private final SearchRun run;
  private final CallMeter meter;
  private int completion;

  /** A run that has not begun. */
  public AskTell(SearchRun run, CallMeter meter) {
    this.run = run;
    this.meter = meter;
  }

  /** Answers the next requests; false where the search is over. */
  public boolean step() {
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

  /** Answers until the search is over. */
  public void toTheEnd() {
    while (step()) {
      // until the search has nothing to ask
    }
  }

  /** The best by the run; the baseline while there is none. */
  public Configuration best() {
    return run.best().map(ConfigurationSummary::configuration).orElse(meter.baseline());
  }

  /** Calls that completed a configuration. */
  int completion() {
    return completion;
  }
}
