package dev.hone.optimize.search.racing.model;

import java.util.List;

/**
 * Estimates the variances within configurations, noise and difficulty, from two-way analyses of
 * variance, one per block: examples by the configurations that saw all of the block. Each estimate
 * is drawn to a prior worth a few degrees of freedom. Cost: one pass over the outcomes.
 */
public final class WithinVarianceEstimator {
  private static final double PRIOR_SCALE = 0.15;
  private static final double PRIOR_SCALE_WEIGHT = 4;
  private static final double PRIOR_WEIGHT = 12;
  private static final double PRIOR_NOISE_SHARE = 0.6;

  private double within;
  private double withinFreedom;
  private double residual;
  private double residualFreedom;
  private double exampleMeanSquares;
  private double exampleWeight;
  private double noiseWeight;

  /** Takes the outcomes of all. */
  public static WithinVarianceEstimator of(List<Arm> arms, ExampleOrder order) {
    WithinVarianceEstimator estimator = new WithinVarianceEstimator();
    for (Arm arm : arms) {
      estimator.addWithin(arm, order.blockCount());
    }
    for (int block = 0; block < order.blockCount(); block++) {
      estimator.addBlock(arms, block, order.block(block).size());
    }
    return estimator;
  }

  private void addWithin(Arm arm, int blocks) {
    if (arm.seen() < 2) {
      return;
    }
    double mean = arm.mean();
    for (int block = 0; block < blocks; block++) {
      double[] row = arm.block(block);
      for (int i = 0; row != null && i < row.length; i++) {
        within += Double.isNaN(row[i]) ? 0 : (row[i] - mean) * (row[i] - mean);
      }
    }
    withinFreedom += arm.seen() - 1;
  }

  private void addBlock(List<Arm> arms, int block, int size) {
    double[] byExample = new double[size];
    double squares = 0;
    double sumSquares = 0;
    double total = 0;
    int rows = 0;
    for (Arm arm : arms) {
      double[] row = arm.block(block);
      if (row == null || arm.seen(block) < size) {
        continue;
      }
      rows++;
      for (int i = 0; i < size; i++) {
        byExample[i] += row[i];
        squares += row[i] * row[i];
      }
      total += arm.sum(block);
      sumSquares += arm.sum(block) * arm.sum(block);
    }
    if (rows > 0 && size > 1) {
      add(byExample, squares, sumSquares, total, rows);
    }
  }

  private void add(double[] byExample, double squares, double sumSquares, double total, int rows) {
    int size = byExample.length;
    double correction = total * total / (rows * (double) size);
    double betweenExamples = -correction;
    for (double sum : byExample) {
      betweenExamples += sum * sum / rows;
    }
    double betweenRows = sumSquares / size - correction;
    residual += squares - correction - betweenExamples - betweenRows;
    residualFreedom += (size - 1.0) * (rows - 1);
    exampleMeanSquares += betweenExamples / rows;
    exampleWeight += size - 1;
    noiseWeight += (size - 1.0) / rows;
  }

  /** The variance of one configuration's scores. */
  public double scale() {
    return (PRIOR_SCALE_WEIGHT * PRIOR_SCALE + within) / (PRIOR_SCALE_WEIGHT + withinFreedom);
  }

  /** What is left of it when configuration and example are known. */
  public double noise() {
    double prior = PRIOR_NOISE_SHARE * scale();
    return (PRIOR_WEIGHT * prior + Math.max(0, residual)) / (PRIOR_WEIGHT + residualFreedom);
  }

  /** The variance between examples. */
  public double difficulty() {
    double prior = (1 - PRIOR_NOISE_SHARE) * scale();
    double excess = Math.max(0, exampleMeanSquares - noiseWeight * noise());
    return (PRIOR_WEIGHT * prior + excess) / (PRIOR_WEIGHT + exampleWeight);
  }
}
