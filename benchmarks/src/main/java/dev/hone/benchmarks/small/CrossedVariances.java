package dev.hone.benchmarks.small;

/**
 * The analysis of variance of a completely crossed table: instructions by demo sets by examples,
 * one outcome a cell, all random. The components follow from the expected mean squares. Source: S.
 * R. Searle, G. Casella and C. E. McCulloch, "Variance components", 1992, chapter 4.
 */
final class CrossedVariances {
  private final int instructions;
  private final int demos;
  private final int examples;

  /** Sums over the dimensions that the index leaves out; bit 0 instruction, 1 demos, 2 example. */
  private final double[][] sums = new double[8][];

  CrossedVariances(double[][][] scores) {
    instructions = scores.length;
    demos = scores[0].length;
    examples = scores[0][0].length;
    for (int margin = 0; margin < sums.length; margin++) {
      sums[margin] = new double[size(margin)];
    }
    for (int i = 0; i < instructions; i++) {
      for (int d = 0; d < demos; d++) {
        for (int e = 0; e < examples; e++) {
          for (int margin = 0; margin < sums.length; margin++) {
            sums[margin][index(margin, i, d, e)] += scores[i][d][e];
          }
        }
      }
    }
  }

  private int size(int margin) {
    return ((margin & 1) != 0 ? instructions : 1)
        * ((margin & 2) != 0 ? demos : 1)
        * ((margin & 4) != 0 ? examples : 1);
  }

  private int index(int margin, int i, int d, int e) {
    int index = (margin & 1) != 0 ? i : 0;
    index = (margin & 2) != 0 ? index * demos + d : index;
    return (margin & 4) != 0 ? index * examples + e : index;
  }

  /** The sum of squares of the means of a margin, each as often as it has cells. */
  private double squares(int margin) {
    double cells = (double) instructions * demos * examples / size(margin);
    double sum = 0;
    for (double each : sums[margin]) {
      sum += each * each / cells;
    }
    return sum;
  }

  /** The mean square of an effect: sums of squares of its margins with alternating signs. */
  private double meanSquare(int effect) {
    double sum = 0;
    for (int margin = effect; ; margin = (margin - 1) & effect) {
      boolean minus = Integer.bitCount(effect ^ margin) % 2 == 1;
      sum += minus ? -squares(margin) : squares(margin);
      if (margin == 0) {
        break;
      }
    }
    double freedom =
        ((effect & 1) != 0 ? instructions - 1.0 : 1)
            * ((effect & 2) != 0 ? demos - 1.0 : 1)
            * ((effect & 4) != 0 ? examples - 1.0 : 1);
    return sum / freedom;
  }

  /** The components, those between configurations by other moments too. */
  VarianceComponents components(ConfigurationMoments moments) {
    double rest = meanSquare(7);
    double onDemos = meanSquare(6);
    double onInstructions = meanSquare(5);
    double pairs = meanSquare(3);
    double byDemos = (meanSquare(2) - pairs - onDemos + rest) / ((double) instructions * examples);
    return new VarianceComponents(
        moments.mean(),
        moments.instructions(),
        (byDemos + moments.demos()) / 2,
        ((pairs - rest) / examples + moments.pairs()) / 2,
        (meanSquare(4) - onInstructions - onDemos + rest) / ((double) instructions * demos),
        (onInstructions - rest) / demos,
        (onDemos - rest) / instructions,
        rest,
        moments.givenGap(),
        moments.noDemosGap());
  }
}
