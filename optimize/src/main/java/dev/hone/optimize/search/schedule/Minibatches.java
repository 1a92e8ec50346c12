package dev.hone.optimize.search.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The minibatches of a run. The examples are put into one shuffled, stratified order: each stratum
 * is spread evenly over it, so that any stretch holds the strata in proportion, to within one
 * example each. The order is consumed block after block, and begins anew at its end. After a
 * saturated minibatch, one that told nothing, the next one is made of the examples that tell most.
 */
final class Minibatches {
  private final int size;
  private final List<Integer> order;
  private int next;
  private @Nullable Double saturatedAt;
  private boolean drawnHarder;

  /**
   * Shuffles the examples.
   *
   * @param examples the examples to draw from
   * @param strata the label of every example, by index
   * @param size examples of a minibatch, at most as many as there are
   * @param random the source of the order
   */
  Minibatches(List<Integer> examples, List<String> strata, int size, RandomGenerator random) {
    this.size = size;
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int example : examples) {
      members.computeIfAbsent(strata.get(example), label -> new ArrayList<>()).add(example);
    }
    Random shuffling = new Random(random.nextLong());
    List<Place> places = new ArrayList<>();
    for (List<Integer> stratum : members.values()) {
      Collections.shuffle(stratum, shuffling);
      double offset = shuffling.nextDouble();
      for (int i = 0; i < stratum.size(); i++) {
        places.add(new Place(stratum.get(i), (i + offset) / stratum.size()));
      }
    }
    order = places.stream().sorted(Place.IN_ORDER).map(Place::example).toList();
  }

  /**
   * Notes that every trial had the same score on every example of the last minibatch.
   *
   * @return whether the next is drawn harder; never twice in a row, as the same examples would come
   */
  boolean saturatedAt(double score) {
    if (!drawnHarder) {
      saturatedAt = score;
    }
    return !drawnHarder;
  }

  /** The next minibatch. */
  List<Integer> next(Ledger ledger) {
    Double saturated = saturatedAt;
    saturatedAt = null;
    drawnHarder = saturated != null;
    return saturated == null ? draw() : drawHarder(saturated, ledger);
  }

  /** The next block of the order. */
  List<Integer> draw() {
    List<Integer> drawn =
        IntStream.range(next, next + size).map(i -> i % order.size()).mapToObj(order::get).toList();
    next = (next + size) % order.size();
    return drawn;
  }

  /**
   * The examples that told configurations apart best so far, then those whose mean is farthest from
   * the score that told nothing. Doesn't consume the order.
   */
  private List<Integer> drawHarder(double saturated, Ledger ledger) {
    return order.stream()
        .map(example -> new Seen(example, ledger.statistics(example)))
        .sorted(
            Comparator.comparingDouble((Seen seen) -> -seen.spread())
                .thenComparingDouble(seen -> -Math.abs(seen.scores.getAverage() - saturated)))
        .limit(size)
        .map(Seen::example)
        .toList();
  }

  /** An example and where it stands in the order, 0 to 1. */
  private record Place(int example, double position) {
    static final Comparator<Place> IN_ORDER =
        Comparator.comparingDouble(Place::position).thenComparingInt(Place::example);
  }

  /** An example with its scores so far. */
  private record Seen(int example, DoubleSummaryStatistics scores) {
    double spread() {
      return scores.getCount() == 0 ? 0 : scores.getMax() - scores.getMin();
    }
  }
}
