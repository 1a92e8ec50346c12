package dev.hone.optimize;

/** Why an optimizer ended. */
public enum FinishReason {
  /** All that was to be tried was tried. */
  COMPLETED,
  /** A candidate reached the score at which the run was to stop. */
  TARGET_REACHED,
  /** The budget of the context was spent; the best so far was returned. */
  BUDGET_SPENT
}
