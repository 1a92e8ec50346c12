package dev.hone.retrieve;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Keeps the vectors that may be among the k nearest, by bounds on their cosines. Computes the
 * cosines of those that look nearest, and holds the k greatest: a vector whose upper bound is less
 * than all of them is out.
 */
final class NearestFilter {
  /** Far over what rounding can do to a cosine, and far under what codes do. */
  private static final double ROUNDING = 1e-9;

  private static final int RANGE_INTS = VectorBlock.RANGE / BlockScan.LANES;

  private final QueryCodes query;
  private final int k;
  private final PriorityQueue<Double> greatest = new PriorityQueue<>();
  private int[] vectors = new int[64];
  private double[] upper = new double[64];
  private int size;
  private int[] most = {};

  NearestFilter(QueryCodes query, int k) {
    this.query = query;
    this.k = k;
  }

  /** Takes the vectors of a block that was scanned. */
  void take(VectorBlock block, BlockScan scan) {
    most = most.length == scan.products(0).length ? most : new int[scan.products(0).length];
    greatestOfLanes(scan);
    for (int from = 0; from < most.length; from += RANGE_INTS) {
      int range = from / RANGE_INTS;
      int to = Math.min(most.length, from + RANGE_INTS);
      int least = leastProduct(block, range);
      for (int j = from; j < to; j++) {
        if (most[j] >= least && takeLanes(block, scan, j, least)) {
          least = leastProduct(block, range);
        }
      }
    }
  }

  private void greatestOfLanes(BlockScan scan) {
    int[] greatestProducts = most;
    int[] a = scan.products(0);
    int[] b = scan.products(1);
    int[] c = scan.products(2);
    int[] d = scan.products(3);
    for (int j = 0; j < greatestProducts.length; j++) {
      greatestProducts[j] = Math.max(Math.max(a[j], b[j]), Math.max(c[j], d[j]));
    }
  }

  private boolean takeLanes(VectorBlock block, BlockScan scan, int j, int least) {
    boolean taken = false;
    for (int lane = 0; lane < BlockScan.LANES; lane++) {
      int place = j * BlockScan.LANES + lane;
      int product = scan.products(lane)[j];
      taken |= product >= least && place < block.count() && take(block, place, product);
    }
    return taken;
  }

  /** A vector of the range whose product is less is out, whatever its scale and error. */
  private int leastProduct(VectorBlock block, int range) {
    double reach = block.mostError(range) * query.length() + query.error() + 2 * ROUNDING;
    double middle = threshold() - reach;
    double mostScale = block.mostScale(range) * query.scale();
    return middle > 0 && mostScale > 0 ? (int) (middle / mostScale) : Integer.MIN_VALUE;
  }

  private boolean take(VectorBlock block, int place, int product) {
    double middle = block.scale(place) * query.scale() * product;
    double reach =
        block.mostError(place / VectorBlock.RANGE) * query.length() + query.error() + ROUNDING;
    if (middle + reach < threshold()) {
      return false;
    }
    int v = block.vector(place);
    add(block.first() + v, middle + reach);
    if (greatest.size() < k || middle > threshold()) {
      offer(block.cosine(v, query.query(), query.norm()));
    }
    return true;
  }

  /** Takes what another one kept. */
  void take(NearestFilter other) {
    other.greatest.forEach(this::offer);
    for (int i = 0; i < other.size; i++) {
      add(other.vectors[i], other.upper[i]);
    }
  }

  /** At least k of the vectors that were taken have this cosine or a greater one. */
  double threshold() {
    return greatest.size() < k ? Double.NEGATIVE_INFINITY : greatest.element();
  }

  private void offer(double cosine) {
    if (greatest.size() < k) {
      greatest.add(cosine);
    } else if (cosine > greatest.element()) {
      greatest.remove();
      greatest.add(cosine);
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

  /** The vectors whose cosine may be this or more, in the order of the index. */
  int[] survivors(double threshold) {
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
