package dev.hone.retrieve;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A query in whole numbers: |q/|q| - scale · codes| is at most its error, a sum over all codes.
 *
 * <p>The codes come in groups of {@value #GROUP}, whose sizes add up to at most 257, so that a
 * group's products with bytes of 0 to 255, plus the group's bias, lie between 0 and 65,535. Large
 * codes are spread over the groups, and a group of fewer is filled up with codes 0.
 */
final class QueryCodes {
  /** Numbers of a group. */
  static final int GROUP = 8;

  private static final int MOST_SUM = 257;
  private static final int MOST_BYTE = 255;

  private final float[] query;
  private final double norm;
  private final int[] dimensions;
  private final int[] codes;
  private final int[] biases;
  private final double scale;
  private final double error;
  private final double length;

  QueryCodes(float[] query) {
    this.query = query;
    this.norm = Math.sqrt(squares(query));
    int groups = (query.length + GROUP - 1) / GROUP;
    this.dimensions = new int[groups * GROUP];
    this.codes = new int[groups * GROUP];
    this.biases = new int[groups];
    if (norm > 0) {
      spread(groups);
      this.scale = mostOfGroup(groups) / norm / (MOST_SUM - GROUP / 2.0);
    } else {
      this.scale = 0;
    }
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

  /** The greatest numbers go to one group each, the next ones back from the last group on. */
  private void spread(int groups) {
    int[] sorted =
        IntStream.range(0, query.length)
            .boxed()
            .sorted(Comparator.comparingDouble(d -> -Math.abs(query[d])))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int rank = 0; rank < codes.length; rank++) {
      int round = rank / groups;
      int step = rank % groups;
      int group = round % 2 == 0 ? step : groups - 1 - step;
      dimensions[group * GROUP + round] = rank < sorted.length ? sorted[rank] : -1;
    }
  }

  private double mostOfGroup(int groups) {
    double most = 0;
    for (int group = 0; group < groups; group++) {
      double sum = 0;
      for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
        sum += dimensions[i] < 0 ? 0 : Math.abs(query[dimensions[i]]);
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private double[] encode() {
    double errorSquares = 0;
    double lengthSquares = 0;
    for (int i = 0; i < codes.length && scale > 0; i++) {
      if (dimensions[i] < 0) {
        dimensions[i] = 0;
        continue;
      }
      double unit = query[dimensions[i]] / norm;
      codes[i] = (int) Math.rint(unit / scale);
      biases[i / GROUP] += codes[i] < 0 ? -codes[i] * MOST_BYTE : 0;
      double shown = scale * codes[i];
      errorSquares += (unit - shown) * (unit - shown);
      lengthSquares += shown * shown;
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

  /** The number of groups. */
  int groups() {
    return biases.length;
  }

  /** The number that a code is of. */
  int dimension(int i) {
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

  /** What the sum over all groups has too much: biases, and 128 times every code. */
  int excess() {
    int sum = 0;
    for (int bias : biases) {
      sum += bias;
    }
    for (int code : codes) {
      sum += VectorBlock.ZERO * code;
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
