package dev.hone.retrieve;

/**
 * A query in whole numbers: |q/|q| - scale · codes| is at most its error, a sum over all numbers.
 *
 * <p>Up to four numbers that are alike share a code, see {@link AlikeNumbers}. The codes come in
 * groups of {@value #GROUP}, whose sizes add up to at most {@value #MOST_SUM}, so that a group's
 * products with sums of four bytes of 0 to 63, plus the group's bias, lie between 0 and 65,535.
 * Large codes are spread over the groups, and a group of fewer is filled up with codes 0.
 */
final class QueryCodes {
  /** Codes of a group. */
  static final int GROUP = 16;

  private static final int MOST_FOUR = AlikeNumbers.MOST * VectorBlock.MOST_BYTE;
  private static final int MOST_SUM = 65_535 / MOST_FOUR;
  private static final int[] NONE = {};

  private final float[] query;
  private final double norm;
  private final int[][] dimensions;
  private final double[] means;
  private final int[] codes;
  private final int[] biases;
  private final double scale;
  private final double error;
  private final double length;

  QueryCodes(float[] query) {
    this.query = query;
    this.norm = Math.sqrt(squares(query));
    AlikeNumbers alike = new AlikeNumbers(query, norm);
    this.biases = new int[(alike.runs() + GROUP - 1) / GROUP];
    this.dimensions = new int[biases.length * GROUP][];
    this.means = new double[dimensions.length];
    this.codes = new int[dimensions.length];
    spread(alike);
    this.scale = mostOfGroup() / (MOST_SUM - GROUP / 2.0);
    double[] errorAndLength = encode();
    this.error = errorAndLength[0];
    this.length = errorAndLength[1];
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  /** The greatest means go to one group each, the next ones back from the last group on. */
  private void spread(AlikeNumbers alike) {
    int groups = biases.length;
    int front = 0;
    int back = alike.runs() - 1;
    for (int rank = 0; rank < codes.length; rank++) {
      int round = rank / groups;
      int step = rank % groups;
      int i = (round % 2 == 0 ? step : groups - 1 - step) * GROUP + round;
      if (front > back) {
        dimensions[i] = NONE;
      } else {
        boolean takesFront = Math.abs(alike.mean(front)) > Math.abs(alike.mean(back));
        int run = takesFront ? front++ : back--;
        dimensions[i] = alike.run(run);
        means[i] = alike.mean(run);
      }
    }
  }

  private double mostOfGroup() {
    double most = 0;
    for (int group = 0; group < biases.length; group++) {
      double sum = 0;
      for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
        sum += Math.abs(means[i]);
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private double[] encode() {
    double errorSquares = 0;
    double lengthSquares = 0;
    for (int i = 0; i < codes.length; i++) {
      codes[i] = scale > 0 ? (int) Math.rint(means[i] / scale) : 0;
      biases[i / GROUP] += codes[i] < 0 ? -codes[i] * MOST_FOUR : 0;
      double shown = scale * codes[i];
      for (int d : dimensions[i]) {
        double error = query[d] / norm - shown;
        errorSquares += error * error;
        lengthSquares += shown * shown;
      }
    }
    return new double[] {Math.sqrt(errorSquares), Math.sqrt(lengthSquares)};
  }

  /** The query as it is. */
  float[] query() {
    return query;
  }

  /** The length of the query. */
  double norm() {
    return norm;
  }

  /** The number of groups; 0 for a query of zeros. */
  int groups() {
    return biases.length;
  }

  /** The numbers that a code is of, at most four. */
  int[] dimensions(int i) {
    return dimensions[i];
  }

  /** A code. */
  int code(int i) {
    return codes[i];
  }

  /** What makes the sums of a group no less than 0. */
  int bias(int group) {
    return biases[group];
  }

  /** What the sum over all groups has too much: biases, and the zero of a row for every number. */
  int excess() {
    int sum = 0;
    for (int bias : biases) {
      sum += bias;
    }
    for (int i = 0; i < codes.length; i++) {
      sum += VectorBlock.ZERO * codes[i] * dimensions[i].length;
    }
    return sum;
  }

  /** What the codes are multiplied by. */
  double scale() {
    return scale;
  }

  /** How far the codes are from the query of length 1. */
  double error() {
    return error;
  }

  /** The length of scale times codes. */
  double length() {
    return length;
  }
}
