package dev.hone.retrieve;

import dev.hone.embed.Embedding;
import java.util.Arrays;

/**
 * Some vectors of an index, twice: as they are, one after the other, and in 6 bits, number by
 * number of all vectors, which is the order that the compiler turns into vector instructions.
 *
 * <p>A vector v of length |v| is near its 6-bit form: |v/|v| - scale · codes| is at most the error
 * of its range. A row holds the codes of one number of all vectors, each plus 32 in a byte, four
 * vectors to an int. All zeros have the scale and the error 0.
 *
 * <p>In the rows the vectors stand by their scales, the least first, so that the {@value #RANGE} of
 * a range have about the same scale and error, and the greatest of a range say much of each.
 */
final class VectorBlock {
  /**
   * Vectors of a block; the last block of an index has fewer. Rows of 32 KB are read from memory
   * nearly as fast as it gives them; shorter ones are not, longer ones fall out of the L2 cache.
   */
  static final int MOST_VECTORS = 32_768;

  /** Places of a range; the last range of a block has fewer. */
  static final int RANGE = 1024;

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

  /** By place: the bits of the scale over those of the number of the vector. */
  private final long[] places;

  private final float[] mostScales;
  private final float[] mostErrors;

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
    this.places = new long[count];
    int ranges = (count + RANGE - 1) / RANGE;
    this.mostScales = new float[ranges];
    this.mostErrors = new float[ranges];
    sort();
    for (int place = 0; place < count; place++) {
      int range = place / RANGE;
      mostScales[range] = Math.max(mostScales[range], scale(place));
      mostErrors[range] = Math.max(mostErrors[range], quantize(place));
    }
  }

  /** Computes norms and scales, and gives the vectors their places. */
  private void sort() {
    for (int v = 0; v < count; v++) {
      double squares = 0;
      double most = 0;
      for (int d = 0; d < dimension; d++) {
        double value = values[v * dimension + d];
        squares += value * value;
        most = Math.max(most, Math.abs(value));
      }
      norms[v] = Math.sqrt(squares);
      float scale = norms[v] == 0 ? 0 : (float) (most / norms[v] / MOST_CODE);
      places[v] = (long) Float.floatToIntBits(scale) << Integer.SIZE | v;
    }
    Arrays.sort(places);
  }

  /** Fills a place of the rows. Returns how far it is from the vector of length 1, at most. */
  private float quantize(int place) {
    int start = vector(place) * dimension;
    double norm = norms[vector(place)];
    float scale = scale(place);
    double errorSquares = 0;
    for (int d = 0; d < dimension; d++) {
      double unit = norm == 0 ? 0 : values[start + d] / norm;
      int code = scale == 0 ? 0 : code(unit / scale);
      rows[d][place / CODES_PER_INT] |= (code + ZERO) << Byte.SIZE * (place % CODES_PER_INT);
      double error = unit - (double) scale * code;
      errorSquares += error * error;
    }
    return norm == 0 ? 0 : Math.nextUp((float) Math.sqrt(errorSquares));
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

  /** Which vector of the block has a place in the rows. */
  int vector(int place) {
    return (int) places[place];
  }

  /** What the codes at a place are multiplied by. */
  float scale(int place) {
    return Float.intBitsToFloat((int) (places[place] >>> Integer.SIZE));
  }

  /** The greatest scale of a range. */
  float mostScale(int range) {
    return mostScales[range];
  }

  /** How far any 6-bit form of a range is from its vector of length 1, at most. */
  float mostError(int range) {
    return mostErrors[range];
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
