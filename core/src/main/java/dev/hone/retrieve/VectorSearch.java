package dev.hone.retrieve;

import dev.hone.context.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The k nearest vectors by cosine, exact: a pass over all in 6 bits leaves those that may be among
 * them, whose cosines are then computed. See docs/algorithms/embedding-index.md. Immutable.
 */
final class VectorSearch {
  /** From so many vectors on, computing their cosines is shared among threads. */
  private static final int SHARED = 256;

  private final List<VectorBlock> blocks;
  private final int threads;

  VectorSearch(List<VectorBlock> blocks, int threads) {
    this.blocks = List.copyOf(blocks);
    this.threads = threads;
  }

  /** A vector and its cosine. */
  record Near(int vector, double cosine) {
    /** The nearest first; of equal ones the one that is first in the index. */
    static final Comparator<Near> ORDER =
        Comparator.comparingDouble(Near::cosine).reversed().thenComparingInt(Near::vector);
  }

  /** The blocks in the order of the index. */
  List<VectorBlock> blocks() {
    return blocks;
  }

  /** The nearest, nearest first. */
  List<Near> nearest(float[] values, int k) {
    QueryCodes query = new QueryCodes(values);
    return nearest(query, k, pass(query, k));
  }

  private List<Near> nearest(QueryCodes query, int k, NearestFilter filter) {
    int[] survivors = filter.survivors(filter.threshold());
    int parts = survivors.length < SHARED ? 1 : threads;
    PriorityQueue<Near> best = new PriorityQueue<>(Near.ORDER.reversed());
    List<List<Near>> nearOfParts =
        inParallel(parts, part -> nearest(query, k, part(survivors, part, parts)));
    nearOfParts.forEach(part -> part.forEach(near -> offer(best, near, k)));
    List<Near> sorted = new ArrayList<>(best);
    sorted.sort(Near.ORDER);
    return sorted;
  }

  /** The vectors that their codes do not show to be none of the k nearest, in order. */
  int[] survivors(QueryCodes query, int k) {
    NearestFilter filter = pass(query, k);
    List<Near> nearest = nearest(query, k, filter);
    return filter.survivors(nearest.get(nearest.size() - 1).cosine());
  }

  private NearestFilter pass(QueryCodes query, int k) {
    AtomicInteger next = new AtomicInteger();
    NearestFilter all = new NearestFilter(query, k);
    inParallel(
            Math.min(threads, blocks.size()),
            part -> {
              NearestFilter filter = new NearestFilter(query, k);
              BlockScan scan = new BlockScan(query);
              for (int i = next.getAndIncrement(); i < blocks.size(); i = next.getAndIncrement()) {
                scan.scan(blocks.get(i));
                filter.take(blocks.get(i), scan);
              }
              return filter;
            })
        .forEach(all::take);
    return all;
  }

  private List<Near> nearest(QueryCodes query, int k, int[] vectors) {
    PriorityQueue<Near> best = new PriorityQueue<>(Near.ORDER.reversed());
    for (int vector : vectors) {
      VectorBlock block = blocks.get(vector / VectorBlock.MOST_VECTORS);
      double cosine = block.cosine(vector % VectorBlock.MOST_VECTORS, query.query(), query.norm());
      offer(best, new Near(vector, cosine), k);
    }
    return new ArrayList<>(best);
  }

  private static void offer(PriorityQueue<Near> best, Near near, int k) {
    if (best.size() < k) {
      best.add(near);
    } else if (Near.ORDER.compare(near, best.element()) < 0) {
      best.remove();
      best.add(near);
    }
  }

  private static int[] part(int[] all, int part, int parts) {
    int from = (int) ((long) all.length * part / parts);
    int to = (int) ((long) all.length * (part + 1) / parts);
    return Arrays.copyOfRange(all, from, to);
  }

  private static <R> List<R> inParallel(int parts, IntFunction<R> code) {
    if (parts == 1) {
      return List.of(code.apply(0));
    }
    List<Integer> numbers = IntStream.range(0, parts).boxed().toList();
    return Context.current().workers().map(numbers, parts, code::apply);
  }
}
