package dev.hone.optimize.propose;

/**
 * A step of the proposer that failed.
 *
 * @param problem what failed and why, in a sentence
 * @param passing whether the reason may be gone later: the model was overloaded, too slow or out of
 *     reach
 */
public record StepFailure(String problem, boolean passing) {
  /** The sentence. */
  @Override
  public String toString() {
    return problem;
  }
}
