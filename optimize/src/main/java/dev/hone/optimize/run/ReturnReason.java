package dev.hone.optimize.run;

/** Why an optimizer returns what it returns. */
public enum ReturnReason {
  /**
   * It has the highest expected score, by what the search makes of all scores; under constraints
   * less a penalty for what estimates of them lack.
   */
  HIGHEST_EXPECTED_SCORE,
  /** It scored the same as the search's choice on every example, and needs fewer tokens. */
  CHEAPER_OF_EQUALS,
  /** By the constraints of the metric. */
  CONSTRAINTS,
  /** It needs the fewest prompt tokens of those that score little less than the best. */
  CHEAPEST_WITHIN,
  /** It is the baseline, and nothing was shown to be better with the probability asked for. */
  KEPT_BASELINE,
  /** It is the best that passed the must-pass examples, or the baseline where nothing did. */
  MUST_PASS,
  /** It is the baseline, as nothing else can be compared with it. */
  NOTHING_TO_COMPARE
}
