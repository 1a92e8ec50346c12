package dev.hone.retrieve;

import java.util.Arrays;

/**
 * The products of a query's codes with those of the vectors of a block, exact. Its loops are as
 * they are because C2 of JDK 17 turns loops of this form and length into vector instructions, and
 * longer ones, or ones with an offset into an array, not. Holds the memory of one thread.
 *
 * <p>An int of a row holds the bytes of four vectors. Its bytes 0 and 2, then its bytes 1 and 3,
 * are multiplied at once, in halves of an int: sums of a group fit into 16 bits, see {@link
 * QueryCodes}, and whatever runs over meanwhile is gone at the end of a group.
 */
final class BlockScan {
  private static final int EVEN_BYTES = 0x00FF00FF;
  private static final int LOW_HALF = 0xFFFF;
  private static final int BOTH_HALVES = 0x00010001;

  private final QueryCodes query;
  private final int excess;
  private int[] even = {};
  private int[] odd = {};
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
      sums = new int[4][ints];
    }
    for (int[] sum : sums) {
      Arrays.fill(sum, -excess);
    }
    Arrays.fill(even, query.bias(0) * BOTH_HALVES);
    Arrays.fill(odd, query.bias(0) * BOTH_HALVES);
    for (int group = 0; group < query.groups(); group++) {
      for (int i = group * QueryCodes.GROUP; i < (group + 1) * QueryCodes.GROUP; i += 4) {
        addEven(block, i);
        addOdd(block, i);
      }
      int next = query.bias((group + 1) % query.groups()) * BOTH_HALVES;
      addHalves(even, sums[0], sums[2], next);
      addHalves(odd, sums[1], sums[3], next);
    }
  }

  /** The product with a vector of the block that was scanned last. */
  int product(int v) {
    return sums[v % 4][v / 4];
  }

  private void addEven(VectorBlock block, int i) {
    int[] sum = even;
    int[] a = block.row(query.dimension(i));
    int[] b = block.row(query.dimension(i + 1));
    int[] c = block.row(query.dimension(i + 2));
    int[] d = block.row(query.dimension(i + 3));
    int p = query.code(i);
    int q = query.code(i + 1);
    int r = query.code(i + 2);
    int s = query.code(i + 3);
    for (int j = 0; j < sum.length; j++) {
      sum[j] +=
          (a[j] & EVEN_BYTES) * p
              + (b[j] & EVEN_BYTES) * q
              + (c[j] & EVEN_BYTES) * r
              + (d[j] & EVEN_BYTES) * s;
    }
  }

  private void addOdd(VectorBlock block, int i) {
    int[] sum = odd;
    int[] a = block.row(query.dimension(i));
    int[] b = block.row(query.dimension(i + 1));
    int[] c = block.row(query.dimension(i + 2));
    int[] d = block.row(query.dimension(i + 3));
    int p = query.code(i);
    int q = query.code(i + 1);
    int r = query.code(i + 2);
    int s = query.code(i + 3);
    for (int j = 0; j < sum.length; j++) {
      sum[j] +=
          ((a[j] >>> Byte.SIZE) & EVEN_BYTES) * p
              + ((b[j] >>> Byte.SIZE) & EVEN_BYTES) * q
              + ((c[j] >>> Byte.SIZE) & EVEN_BYTES) * r
              + ((d[j] >>> Byte.SIZE) & EVEN_BYTES) * s;
    }
  }

  /** Adds the 16-bit halves to sums of 32 bits, and starts the halves again. */
  private static void addHalves(int[] halves, int[] low, int[] high, int start) {
    for (int j = 0; j < halves.length; j++) {
      low[j] += halves[j] & LOW_HALF;
      high[j] += halves[j] >>> Short.SIZE;
      halves[j] = start;
    }
  }
}
