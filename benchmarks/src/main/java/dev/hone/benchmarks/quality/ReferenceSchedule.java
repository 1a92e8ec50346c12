package dev.hone.benchmarks.quality;

/**
 * What the reference evaluates: DSPy's {@code MIPROv2} with a preset.
 *
 * @param trials trials of the sampler
 * @param minibatch examples of a trial; the number of all validation examples where every trial is
 *     a full evaluation
 * @param examples validation examples
 */
public record ReferenceSchedule(int trials, int minibatch, int examples) {
  /** Minibatch size of the reference. */
  public static final int MINIBATCH = 35;

  /** Trials between two full evaluations of the reference. */
  public static final int FULL_STEPS = 5;

  /** The size up to which a validation set is evaluated whole in every trial. */
  private static final int SMALL_VALSET = 50;

  /**
   * The schedule of a preset, with max(2 · variables · log2(candidates), 1.5 · candidates) trials.
   *
   * @param variables what is chosen, two per predictor
   * @param candidates demo sets per predictor
   */
  public static ReferenceSchedule of(int variables, int candidates, int examples) {
    return new ReferenceSchedule(
        trials(variables, candidates), examples > SMALL_VALSET ? MINIBATCH : examples, examples);
  }

  static int trials(int variables, int candidates) {
    double byVariables = 2.0 * variables * Math.log(candidates) / Math.log(2);
    return (int) Math.max(byVariables, 1.5 * candidates);
  }

  /** Whether every trial is a full evaluation. */
  public boolean whole() {
    return minibatch == examples;
  }

  /** What it evaluates, repeats included; a race's budget is a part of it. */
  public int scheduled() {
    if (whole()) {
      return (trials + 1) * examples;
    }
    int rounds = (trials + FULL_STEPS - 1) / FULL_STEPS;
    return trials * minibatch + (rounds + 1) * examples;
  }
}
