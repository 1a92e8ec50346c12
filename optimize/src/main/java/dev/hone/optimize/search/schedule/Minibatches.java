package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.StratifiedOrder;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The minibatches of a run. The examples are put into one {@linkplain StratifiedOrder#systematic
 * stratified order}, which is consumed block after block and begins anew at its end. After a
 * saturated minibatch, one on which all configurations scored the same, the next one is made of the
 * most informative examples.
 */
final class Minibatches {
  private final int size;
  private final List<Integer> order;
  private int next;
  private @Nullable Double saturatedAt;
  private boolean drawnHarder;

  /**
   * Orders the examples.
   *
   * @param examples the examples to draw from
   * @param strata the label of every example, by index
   * @param size examples of a minibatch, at most as many as there are
   * @param random the source of the order
   */
  Minibatches(List<Integer> examples, List<String> strata, int size, RandomGenerator random) {
    this.size = size;
    this.order = StratifiedOrder.systematic(examples, strata, random);
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
  List<Integer> next(ScoreTable scores) {
    Double saturated = saturatedAt;
    saturatedAt = null;
    drawnHarder = saturated != null;
    return saturated == null ? draw() : drawHarder(saturated, scores);
  }

  /** The next block of the order. */
  List<Integer> draw() {
    List<Integer> drawn =
        IntStream.range(next, next + size).map(i -> i % order.size()).mapToObj(order::get).toList();
    next = (next + size) % order.size();
    return drawn;
  }

  /**
   * The examples that distinguished configurations best so far, then those whose mean is farthest
   * from the saturated score. Doesn't consume the order.
   */
  private List<Integer> drawHarder(double saturated, ScoreTable scores) {
    return order.stream()
        .map(example -> new Seen(example, scores.exampleStatistics(example)))
        .sorted(
            Comparator.comparingDouble((Seen seen) -> -seen.spread())
                .thenComparingDouble(seen -> -Math.abs(seen.scores.getAverage() - saturated)))
        .limit(size)
        .map(Seen::example)
        .toList();
  }

  /** An example with its scores so far. */
  private record Seen(int example, DoubleSummaryStatistics scores) {
    double spread() {
      return scores.getCount() == 0 ? 0 : scores.getMax() - scores.getMin();
    }
  }
}
