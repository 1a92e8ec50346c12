package dev.hone.retrieve;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Keeps the vectors that may be among the k nearest, by bounds on their cosines. Holds the k
 * greatest lower bounds, so that a vector whose upper bound is less than all of them is out.
 */
final class NearestFilter {
  /** Far over what rounding can do to a cosine, and far under what codes do. */
  private static final double ROUNDING = 1e-9;

  private final int k;
  private final PriorityQueue<Double> greatestLower = new PriorityQueue<>();
  private int[] vectors = new int[64];
  private double[] upper = new double[64];
  private int size;

  NearestFilter(int k) {
    this.k = k;
  }

  /** Takes the vectors of a block that was scanned. */
  void take(VectorBlock block, BlockScan scan, QueryCodes query) {
    for (int lane = 0; lane < BlockScan.LANES; lane++) {
      int[] products = scan.products(lane);
      int vectors = (block.count() - lane + BlockScan.LANES - 1) / BlockScan.LANES;
      int least = leastProduct(block, query);
      for (int j = 0; j < vectors; j++) {
        if (products[j] >= least && take(block, j * BlockScan.LANES + lane, products[j], query)) {
          least = leastProduct(block, query);
        }
      }
    }
  }

  /** A vector of the block whose product is less is out, whatever its scale and error. */
  private int leastProduct(VectorBlock block, QueryCodes query) {
    double middle = threshold() - block.mostError() * query.length() - query.error() - 2 * ROUNDING;
    double mostScale = block.mostScale() * query.scale();
    return middle > 0 && mostScale > 0 ? (int) (middle / mostScale) : Integer.MIN_VALUE;
  }

  private boolean take(VectorBlock block, int v, int product, QueryCodes query) {
    double middle = block.scale(v) * query.scale() * product;
    double reach = block.error(v) * query.length() + query.error() + ROUNDING;
    if (middle + reach < threshold()) {
      return false;
    }
    add(block.first() + v, middle + reach);
    offer(middle - reach);
    return true;
  }

  /** Takes what another one kept. */
  void take(NearestFilter other) {
    other.greatestLower.forEach(this::offer);
    for (int i = 0; i < other.size; i++) {
      add(other.vectors[i], other.upper[i]);
    }
  }

  private double threshold() {
    return greatestLower.size() < k ? Double.NEGATIVE_INFINITY : greatestLower.element();
  }

  private void offer(double lower) {
    if (greatestLower.size() < k) {
      greatestLower.add(lower);
    } else if (lower > greatestLower.element()) {
      greatestLower.remove();
      greatestLower.add(lower);
    }
  }

  private void add(int vector, double upperBound) {
    if (size == vectors.length) {
      vectors = Arrays.copyOf(vectors, 2 * size);
      upper = Arrays.copyOf(upper, 2 * size);
    }
    vectors[size] = vector;
    upper[size] = upperBound;
    size++;
  }

  /** The vectors that may be among the nearest, in the order of the index. */
  int[] survivors() {
    double threshold = threshold();
    int[] kept = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (upper[i] >= threshold) {
        kept[count++] = vectors[i];
      }
    }
    int[] survivors = Arrays.copyOf(kept, count);
    Arrays.sort(survivors);
    return survivors;
  }
}
