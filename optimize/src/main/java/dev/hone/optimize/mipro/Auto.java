package dev.hone.optimize.mipro;

import java.util.Locale;

/**
 * How much a run may spend. A preset stands for numbers, which {@link #table()} shows without data
 * and {@link MiproV2Plan} for yours; any of them can be set explicitly, and what is set explicitly
 * wins.
 */
public enum Auto {
  /** 6 demo sets, 3 instructions, at most 100 validation examples. */
  LIGHT(6, 100),
  /** 12 demo sets, 6 instructions, at most 300 validation examples. */
  MEDIUM(12, 300),
  /** 18 demo sets, 9 instructions, at most 1000 validation examples. */
  HEAVY(18, 1000);

  private static final String ROW = "%-8s%10s%14s%15s%15s%15s%n";

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

  /** Instructions per predictor, the original included, where demos are searched too. */
  public int instructionCandidates() {
    return candidates / 2;
  }

  /** The most validation examples that are used. */
  public int maxValidationExamples() {
    return maxValidationExamples;
  }

  /**
   * The trials of the search: with v things to choose, of n candidates, max(2 v log2 n, 1.5 n).
   * Source: DSPy's presets.
   *
   * @param variables what is chosen: two per predictor, one without demos
   */
  public int trials(int variables) {
    double log2 = Math.log(candidates) / Math.log(2);
    return (int) Math.max(2 * variables * log2, 1.5 * candidates);
  }

  /** All presets as a table for people: a line each, with trials for one and for two predictors. */
  public static String table() {
    StringBuilder text =
        new StringBuilder(
            ROW.formatted(
                "preset",
                "demo sets",
                "instructions",
                "trials, 1 p.",
                "trials, 2 p.",
                "valset up to"));
    for (Auto auto : values()) {
      text.append(
          ROW.formatted(
              auto.name().toLowerCase(Locale.ROOT),
              auto.candidates(),
              auto.instructionCandidates(),
              auto.trials(2),
              auto.trials(4),
              auto.maxValidationExamples()));
    }
    return text.append("demo sets and instructions are per predictor (p.), the original included")
        .toString();
  }
}
