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
    double threshold = threshold();
    for (int v = 0; v < block.count(); v++) {
      double middle = block.scale(v) * query.scale() * scan.product(v);
      double reach = block.error(v) * query.length() + query.error() + ROUNDING;
      if (middle + reach >= threshold) {
        add(block.first() + v, middle + reach);
        offer(middle - reach);
        threshold = threshold();
      }
    }
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
