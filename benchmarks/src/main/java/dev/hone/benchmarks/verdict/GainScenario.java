package dev.hone.benchmarks.verdict;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What there is to gain; true scores around 0.6. */
enum GainScenario {
  /** Every configuration is exactly as good as the baseline. */
  EQUAL,
  /** Every other configuration is worse than the baseline: by 4 points in the mean. */
  WORSE,
  /** Demos help by 5 points, whichever they are; instructions do not matter. */
  DEMOS_HELP,
  /** All differ, as candidates do; the best one is better by 5 points. */
  BEST_BY_5,
  /** All differ, as candidates do, around the baseline. */
  AROUND;

  private static final double BASE = 0.6;
  private static final double GAIN = 0.05;
  private static final double INSTRUCTIONS = 0.018;
  private static final double DEMOS = 0.028;
  private static final double PAIRS = 0.01;

  /** The true score of every configuration, by its position. */
  double[] trueScores(GainTask task, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] instructions = normals(task.instructions(), INSTRUCTIONS, random);
    double[] demos = normals(task.demoSets(), DEMOS, random);
    double[] gains = new double[task.instructions() * task.demoSets()];
    for (int i = 0; i < gains.length; i++) {
      int demoSet = i % task.demoSets();
      gains[i] =
          switch (this) {
            case EQUAL -> 0;
            case DEMOS_HELP -> demoSet == 0 ? 0 : GAIN;
            case WORSE -> -Math.abs(0.05 * random.nextGaussian());
            case BEST_BY_5, AROUND ->
                instructions[i / task.demoSets()] + demos[demoSet] + PAIRS * random.nextGaussian();
          };
    }
    gains[0] = 0;
    if (this == BEST_BY_5) {
      double most = Arrays.stream(gains, 1, gains.length).max().orElseThrow();
      for (int i = 1; i < gains.length; i++) {
        gains[i] += GAIN - most;
      }
    }
    return Arrays.stream(gains).map(gain -> BASE + gain).toArray();
  }

  private static double[] normals(int count, double deviation, SplittableRandom random) {
    double[] values = new double[count];
    for (int i = 1; i < count; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return values;
  }
}
