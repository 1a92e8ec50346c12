package dev.hone.retrieve;

import java.util.Arrays;

/**
 * The products of a query's codes with those of the vectors of a block, exact. Its loops are as
 * they are because C2 of JDK 17 turns loops of this form and length into vector instructions, and
 * longer ones, or ones with an offset into an array, not. Holds the memory of one thread.
 *
 * <p>An int of a row holds the bytes of four vectors. Four rows are added within their bytes, which
 * 6 bits leave room for. Bytes 0 and 2 of the sums, then bytes 1 and 3, are multiplied at once, in
 * halves of an int: sums of a group fit into 16 bits, see {@link QueryCodes}, and whatever runs
 * over meanwhile is gone at the end of a group.
 */
final class BlockScan {
  /** Vectors to an int of a row. */
  static final int LANES = 4;

  private static final int EVEN_BYTES = 0x00FF00FF;
  private static final int LOW_HALF = 0xFFFF;
  private static final int BOTH_HALVES = 0x00010001;

  private final QueryCodes query;
  private final int excess;
  private int[] even = {};
  private int[] odd = {};
  private int[] nothing = {};
  private int[][] sums = {};

  BlockScan(QueryCodes query) {
    this.query = query;
    this.excess = query.excess();
  }

  /** Computes the products with all vectors of a block. */
  void scan(VectorBlock block) {
    int ints = block.row(0).length;
    if (even.length != ints) {
      even = new int[ints];
      odd = new int[ints];
      nothing = new int[ints];
      sums = new int[LANES][ints];
    }
    for (int[] sum : sums) {
      Arrays.fill(sum, -excess);
    }
    for (int group = 0; group < query.groups(); group++) {
      Arrays.fill(even, query.bias(group) * BOTH_HALVES);
      Arrays.fill(odd, query.bias(group) * BOTH_HALVES);
      for (int i = group * QueryCodes.GROUP; i < (group + 1) * QueryCodes.GROUP; i++) {
        if (query.code(i) != 0) {
          addFour(block, query.dimensions(i), query.code(i));
        }
      }
      addHalves(even, sums[0], sums[2]);
      addHalves(odd, sums[1], sums[3]);
    }
  }

  /** The product with the vector at a place of the block that was scanned last. */
  int product(int place) {
    return sums[place % LANES][place / LANES];
  }

  /** The products with every fourth place of that block, from the first to the fourth on. */
  int[] products(int lane) {
    return sums[lane];
  }

  private void addFour(VectorBlock block, int[] dimensions, int code) {
    int[] evenSum = even;
    int[] oddSum = odd;
    int[] a = block.row(dimensions[0]);
    int[] b = dimensions.length > 1 ? block.row(dimensions[1]) : nothing;
    int[] c = dimensions.length > 2 ? block.row(dimensions[2]) : nothing;
    int[] d = dimensions.length > 3 ? block.row(dimensions[3]) : nothing;
    for (int j = 0; j < evenSum.length; j++) {
      int four = a[j] + b[j] + c[j] + d[j];
      evenSum[j] += (four & EVEN_BYTES) * code;
      oddSum[j] += ((four >>> Byte.SIZE) & EVEN_BYTES) * code;
    }
  }

  /** Adds the 16-bit halves to sums of 32 bits. */
  private static void addHalves(int[] halves, int[] low, int[] high) {
    for (int j = 0; j < halves.length; j++) {
      low[j] += halves[j] & LOW_HALF;
      high[j] += halves[j] >>> Short.SIZE;
    }
  }
}
