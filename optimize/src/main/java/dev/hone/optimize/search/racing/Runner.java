package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Standing;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A configuration in the race, with its outcomes by block and place of the common order. */
final class Runner {
  private final Configuration configuration;
  private final ExampleOrder order;
  private final double[] @Nullable [] scores;
  private final int[] seen;
  private final double[] sums;
  private int asked;
  private boolean complete;
  private int seenTotal;
  private double sumTotal;

  Runner(Configuration configuration, ExampleOrder order) {
    this.configuration = configuration;
    this.order = order;
    scores = new double[order.blockCount()][];
    seen = new int[order.blockCount()];
    sums = new double[order.blockCount()];
  }

  Configuration configuration() {
    return configuration;
  }

  /** Whether every block was asked for. */
  boolean exhausted() {
    return asked == order.blockCount();
  }

  /** The next block of the order, which counts as asked from now on. */
  List<Integer> nextBlock() {
    return order.block(asked++);
  }

  /** Counts all blocks as asked. */
  void askAll() {
    asked = order.blockCount();
  }

  /** How many blocks were asked for. */
  int asked() {
    return asked;
  }

  /** Notes that all that was asked for was told. */
  void settle() {
    complete = exhausted();
  }

  /** Whether it was evaluated on the whole validation set. */
  boolean complete() {
    return complete;
  }

  /** The examples that were not asked for yet. */
  int unasked() {
    int examples = 0;
    for (int block = asked; block < order.blockCount(); block++) {
      examples += order.block(block).size();
    }
    return examples;
  }

  void record(int example, OptionalDouble score) {
    int block = order.blockOf(example);
    double[] row = scores[block];
    if (row == null) {
      row = new double[order.block(block).size()];
      Arrays.fill(row, Double.NaN);
      scores[block] = row;
    }
    int place = order.placeOf(example);
    if (score.isEmpty() || !Double.isNaN(row[place])) {
      return;
    }
    row[place] = score.getAsDouble();
    seen[block]++;
    sums[block] += row[place];
    seenTotal++;
    sumTotal += row[place];
  }

  /** Its scores on a block by place, NaN where there is none; null before any was told. */
  double @Nullable [] block(int block) {
    return scores[block];
  }

  int seen(int block) {
    return seen[block];
  }

  double sum(int block) {
    return sums[block];
  }

  int seen() {
    return seenTotal;
  }

  double mean() {
    return seenTotal == 0 ? 0 : sumTotal / seenTotal;
  }

  Standing standing() {
    return new Standing(configuration, mean(), seenTotal, complete);
  }
}
