package dev.hone.optimize;

/** Why a search or an optimizer ended. */
public enum FinishReason {
  /** It has not ended. */
  RUNNING,
  /** All that was to be tried was tried. */
  COMPLETED,
  /** All trials of the search's budget were made. */
  TRIALS_SPENT,
  /** Every configuration was tried. */
  SPACE_EXHAUSTED,
  /** A candidate reached the score at which the run was to stop. */
  TARGET_REACHED,
  /** No trial was better for as long as the settings allow. */
  NO_IMPROVEMENT,
  /**
   * By the search's own estimate, what more calls can be expected to gain is worth less than they
   * cost. How good such estimates were on simulated tasks is in {@code docs/algorithms/racing.md}.
   */
  NOT_WORTH_MORE,
  /** The context's budget was spent; the best so far was returned. */
  BUDGET_SPENT,
  /** The model answered nothing any more, or refused the credential; as {@link #BUDGET_SPENT}. */
  MODEL_UNAVAILABLE,
  /** In one evaluation more examples failed than maxErrors allows; as {@link #BUDGET_SPENT}. */
  TOO_MANY_ERRORS,
  /**
   * The thread that ran it was interrupted; the best so far was returned, and the thread's
   * interrupt is set.
   */
  INTERRUPTED,
  /**
   * The journal of the run could not be written any more, see {@link Optimizer#journal}; the best
   * so far was returned. Once it can be, the run goes on from what was written.
   */
  JOURNAL_FAILED,
  /**
   * A fault that no part of the run is made for ended it, such as too little memory or a bug in a
   * search; the best so far was returned, and the notes say which fault.
   */
  FAILED
}
