package dev.hone.optimize.mipro;

/**
 * How much a run may spend. A preset stands for numbers, which {@link MiproV2Plan} shows; any of
 * them can be set explicitly, and what is set explicitly wins.
 */
public enum Auto {
  /** 6 demo sets, 3 instructions, at most 100 validation examples. */
  LIGHT(6, 100),
  /** 12 demo sets, 6 instructions, at most 300 validation examples. */
  MEDIUM(12, 300),
  /** 18 demo sets, 9 instructions, at most 1000 validation examples. */
  HEAVY(18, 1000);

  private final int candidates;
  private final int maxValidationExamples;

  Auto(int candidates, int maxValidationExamples) {
    this.candidates = candidates;
    this.maxValidationExamples = maxValidationExamples;
  }

  /** Demo sets per predictor; instructions are half as many, or as many in a zero-shot run. */
  public int candidates() {
    return candidates;
  }

  /** The most validation examples that are used. */
  public int maxValidationExamples() {
    return maxValidationExamples;
  }
}
