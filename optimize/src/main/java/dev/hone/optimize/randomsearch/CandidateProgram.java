package dev.hone.optimize.randomsearch;

import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.run.CandidateState;
import dev.hone.program.ProgramState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of demos for all predictors, as one candidate.
 *
 * @param number -3 for zero-shot, -2 for labels only, -1 for unshuffled, from 0 for shuffled; null
 *     for the program as it was given
 * @param origin where its demos come from
 * @param state what it runs under
 */
public record CandidateProgram(
    @Nullable Integer number, DemoCandidate.Origin origin, ProgramState state) {
  /** The number of demos of each predictor. */
  public Map<String, Integer> demosByPredictor() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    state.byPredictor().forEach((name, s) -> counts.put(name, s.demos().size()));
    return counts;
  }

  /** Its state under its name. */
  CandidateState named() {
    return new CandidateState(label(), state);
  }

  /** The number of demos of all predictors. */
  int demos() {
    return demosByPredictor().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What it is, in a phrase. */
  public String label() {
    return switch (origin) {
          case STUDENT -> "as given";
          case ZERO_SHOT -> "zero-shot";
          case LABELED -> "labels";
          case BOOTSTRAPPED -> "bootstrapped";
        }
        + (number == null || number == -3 ? "" : number == -1 ? " unshuffled" : " " + number);
  }
}
