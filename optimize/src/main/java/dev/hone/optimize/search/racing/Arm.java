package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A configuration in the race, with its outcomes by block and place of the common order. */
final class Arm {
  /** What sums of the same scores in another order may differ by. */
  private static final double ROUNDING = 1e-9;

  private final Configuration configuration;
  private final ExampleOrder order;
  private final double[] @Nullable [] scores;
  private final int[] seen;
  private final double[] sums;
  private int asked;
  private boolean complete;
  private int seenTotal;
  private double sumTotal;

  Arm(Configuration configuration, ExampleOrder order) {
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

  /** Takes a score; of an example that has one already, the later counts. */
  void record(int example, OptionalDouble score) {
    int block = order.blockOf(example);
    double[] row = scores[block];
    if (row == null) {
      row = new double[order.block(block).size()];
      Arrays.fill(row, Double.NaN);
      scores[block] = row;
    }
    int place = order.placeOf(example);
    if (score.isEmpty()) {
      return;
    }
    if (Double.isNaN(row[place])) {
      row[place] = 0;
      seen[block]++;
      seenTotal++;
    }
    double change = score.getAsDouble() - row[place];
    row[place] = score.getAsDouble();
    sums[block] += change;
    sumTotal += change;
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

  /** Whether both are complete and have the same mean over as many examples. */
  boolean ties(Arm other) {
    return complete
        && other.complete
        && seenTotal == other.seenTotal
        && Math.abs(sumTotal - other.sumTotal) < ROUNDING;
  }

  ConfigurationSummary standing() {
    return new ConfigurationSummary(configuration, mean(), seenTotal, complete);
  }
}
