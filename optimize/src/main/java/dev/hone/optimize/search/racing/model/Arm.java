package dev.hone.optimize.search.racing.model;

import dev.hone.optimize.search.Configuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in the race, with its outcomes laid out by block and place of the common order.
 */
public final class Arm {
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

  /** A configuration without outcomes. */
  public Arm(Configuration configuration, ExampleOrder order) {
    this.configuration = configuration;
    this.order = order;
    scores = new double[order.blockCount()][];
    seen = new int[order.blockCount()];
    sums = new double[order.blockCount()];
  }

  /** The configuration. */
  public Configuration configuration() {
    return configuration;
  }

  /** Whether every block was asked for. */
  public boolean exhausted() {
    return asked == order.blockCount();
  }

  /** Whether its next block is the last one that it lacks. */
  public boolean lacksOneBlock() {
    return asked == order.blockCount() - 1;
  }

  /** The next block of the order, which counts as asked from now on. */
  public List<Integer> nextBlock() {
    return order.block(asked++);
  }

  /** Counts all blocks as asked. */
  public void askAll() {
    asked = order.blockCount();
  }

  /** How many blocks were asked for. */
  public int asked() {
    return asked;
  }

  /** Notes that the scores of all that was asked for arrived. */
  public void settle() {
    complete = exhausted();
  }

  /** Whether it was evaluated on the whole validation set. */
  public boolean complete() {
    return complete;
  }

  /** The examples that were not asked for yet. */
  public int unasked() {
    int examples = 0;
    for (int block = asked; block < order.blockCount(); block++) {
      examples += order.block(block).size();
    }
    return examples;
  }

  /** Takes all its outcomes anew, by example; NaN where there is none. */
  public void take(double[] scoreByExample) {
    seenTotal = 0;
    sumTotal = 0;
    for (int block = 0; block < scores.length; block++) {
      takeBlock(block, scoreByExample);
    }
  }

  private void takeBlock(int block, double[] scoreByExample) {
    List<Integer> examples = order.block(block);
    double[] row = new double[examples.size()];
    seen[block] = 0;
    sums[block] = 0;
    for (int place = 0; place < row.length; place++) {
      double score = scoreByExample[examples.get(place)];
      row[place] = score;
      if (!Double.isNaN(score)) {
        seen[block]++;
        seenTotal++;
        sums[block] += score;
        sumTotal += score;
      }
    }
    scores[block] = seen[block] == 0 ? null : row;
  }

  /** Its scores on a block by place, NaN where there is none; null if it has none. */
  public double @Nullable [] block(int block) {
    return scores[block];
  }

  /** The scores that it has on a block. */
  public int seen(int block) {
    return seen[block];
  }

  /** The sum of its scores on a block. */
  public double sum(int block) {
    return sums[block];
  }

  /** The scores that it has. */
  public int seen() {
    return seenTotal;
  }

  /** The share of what it was asked that has a score; 0 where nothing was asked. */
  public double scoredShare() {
    int examples = order.examples(0, asked);
    return examples == 0 ? 0 : seenTotal / (double) examples;
  }

  /** The mean of its scores; 0 without any. */
  public double mean() {
    return seenTotal == 0 ? 0 : sumTotal / seenTotal;
  }

  /** Whether the mean of its scores reaches a target. */
  public boolean reaches(double target) {
    return seenTotal > 0 && mean() >= target - ROUNDING;
  }

  /** Whether both are complete and have the same mean over as many examples. */
  public boolean ties(Arm other) {
    return complete
        && other.complete
        && seenTotal == other.seenTotal
        && Math.abs(sumTotal - other.sumTotal) < ROUNDING;
  }
}
