package dev.hone.optimize.run;

import dev.hone.optimize.StateScore;
import dev.hone.program.ProgramState;

/**
 * A candidate with what it scored on all examples that the optimizer chooses by.
 *
 * @param candidate the candidate
 * @param score what it scored
 */
public record ScoredState(CandidateState candidate, StateScore score) {
  /** What the program runs under. */
  public ProgramState state() {
    return candidate.state();
  }
}
