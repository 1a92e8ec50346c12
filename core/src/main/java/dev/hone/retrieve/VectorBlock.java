package dev.hone.retrieve;

import dev.hone.embed.Embedding;

/**
 * Some vectors of an index, twice: as they are, one after the other, and in 6 bits, number by
 * number of all vectors, which is the order that the compiler turns into vector instructions.
 *
 * <p>A vector v of length |v| is near its 6-bit form: |v/|v| - scale · codes| is at most its error.
 * A row holds the codes of one number of all vectors, each plus 32 in a byte, four vectors to an int. All
 * zeros have the scale and the error 0.
 */
final class VectorBlock {
  /**
   * Vectors of a block; the last block of an index has fewer. Rows of 64 KB are read from memory
   * nearly as fast as it gives them; shorter ones are not, longer ones fall out of the L2 cache.
   */
  static final int MOST_VECTORS = 65_536;

  /** The greatest size of a code. */
  static final int MOST_CODE = 31;

  /** The greatest byte of a row: four of them add up to a byte. */
  static final int MOST_BYTE = 63;

  /** The code 0 in a row. */
  static final int ZERO = 32;

  private static final int CODES_PER_INT = 4;

  private final int first;
  private final int count;
  private final int dimension;
  private final float[] values;
  private final double[] norms;
  private final int[][] rows;
  private final float[] scales;
  private final float[] errors;
  private float mostScale;
  private float mostError;

  /**
   * A block.
   *
   * @param first the number of its first vector in the index
   * @param values the vectors, one after the other, finite; they become part of the block
   */
  VectorBlock(int first, int dimension, float[] values) {
    this.first = first;
    this.dimension = dimension;
    this.values = values;
    this.count = values.length / dimension;
    this.norms = new double[count];
    this.rows = new int[dimension][(count + CODES_PER_INT - 1) / CODES_PER_INT];
    this.scales = new float[count];
    this.errors = new float[count];
    for (int v = 0; v < count; v++) {
      quantize(v);
      mostScale = Math.max(mostScale, scales[v]);
      mostError = Math.max(mostError, errors[v]);
    }
  }

  private void quantize(int v) {
    int start = v * dimension;
    double squares = 0;
    double most = 0;
    for (int d = 0; d < dimension; d++) {
      double value = values[start + d];
      squares += value * value;
      most = Math.max(most, Math.abs(value));
    }
    double norm = Math.sqrt(squares);
    norms[v] = norm;
    float scale = norm == 0 ? 0 : (float) (most / norm / MOST_CODE);
    double errorSquares = 0;
    for (int d = 0; d < dimension; d++) {
      double unit = norm == 0 ? 0 : values[start + d] / norm;
      int code = scale == 0 ? 0 : code(unit / scale);
      rows[d][v / CODES_PER_INT] |= (code + ZERO) << Byte.SIZE * (v % CODES_PER_INT);
      double error = unit - (double) scale * code;
      errorSquares += error * error;
    }
    scales[v] = scale;
    errors[v] = norm == 0 ? 0 : Math.nextUp((float) Math.sqrt(errorSquares));
  }

  private static int code(double value) {
    return (int) Math.max(-MOST_CODE, Math.min(MOST_CODE, Math.rint(value)));
  }

  /** The number of its first vector in the index. */
  int first() {
    return first;
  }

  /** The number of its vectors. */
  int count() {
    return count;
  }

  /** The codes of one number of all vectors. */
  int[] row(int d) {
    return rows[d];
  }

  /** What the codes of a vector are multiplied by. */
  float scale(int v) {
    return scales[v];
  }

  /** How far its 6-bit form is from the vector of length 1, at most. */
  float error(int v) {
    return errors[v];
  }

  /** The greatest scale. */
  float mostScale() {
    return mostScale;
  }

  /** The greatest error. */
  float mostError() {
    return mostError;
  }

  /** The vectors as they are, one after the other. */
  float[] values() {
    return values;
  }

  /** The cosine as {@link Embedding#cosine} has it, to the last bit. */
  double cosine(int v, float[] query, double queryNorm) {
    int start = v * dimension;
    double product = 0;
    for (int d = 0; d < dimension; d++) {
      product += (double) query[d] * values[start + d];
    }
    return queryNorm == 0 || norms[v] == 0 ? 0 : product / (queryNorm * norms[v]);
  }
}
