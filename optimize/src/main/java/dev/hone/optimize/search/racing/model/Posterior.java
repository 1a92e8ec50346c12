package dev.hone.optimize.search.racing.model;

import dev.hone.stats.Cholesky;
import dev.hone.stats.NormalDistribution;
import java.util.random.RandomGenerator;

/**
 * The posterior of the configurations' scores after the outcomes so far: a joint normal, kept as
 * the factor of its precision. Values are scores on examples of average difficulty.
 */
public final class Posterior {
  /**
   * A configuration's sufficient statistics.
   *
   * @param index the unknowns that its block means depend on: the mean, its effects, its blocks
   * @param weight per unknown, the total weight of the block means that depend on it
   * @param fixed how many of the unknowns are not blocks
   * @param weighted the weighted sum of its block means, centred
   * @param shrink the posterior variance of its interaction, the unknowns given
   * @param blockRight per block, weight times centred mean
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Row(
      int[] index,
      double[] weight,
      int fixed,
      double weighted,
      double shrink,
      double[] blockRight) {

    /** The expected interaction, the unknowns given. */
    double interaction(double[] unknowns) {
      double explained = 0;
      for (int i = 0; i < index.length; i++) {
        explained += weight[i] * unknowns[index[i]];
      }
      return shrink * (weighted - explained);
    }

    double effects(double[] unknowns) {
      double sum = 0;
      for (int i = 0; i < fixed; i++) {
        sum += unknowns[index[i]];
      }
      return sum;
    }
  }

  private final Variances variances;
  private final double center;
  private final Cholesky factor;
  private final double[] solution;
  private final Row[] rows;

  /** What a model's equations came to. */
  public Posterior(
      Variances variances, double center, Cholesky factor, double[] solution, Row[] rows) {
    this.variances = variances;
    this.center = center;
    this.factor = factor;
    this.solution = solution;
    this.rows = rows;
  }

  /** The variances that it was solved with. */
  public Variances variances() {
    return variances;
  }

  /** The prediction for a configuration with outcomes, by its place among the model's arms. */
  public double meanOfTried(int arm) {
    return value(rows[arm], solution);
  }

  /** The prediction for a configuration without outcomes, by its effects. */
  public double meanOfUntried(int[] effects) {
    return untried(effects, solution);
  }

  /** The prediction of an effect. */
  public double effect(int effect) {
    return solution[1 + effect];
  }

  private double value(Row row, double[] unknowns) {
    return center + row.effects(unknowns) + row.interaction(unknowns);
  }

  private double untried(int[] effects, double[] unknowns) {
    double sum = center + unknowns[0];
    for (int effect : effects) {
      sum += unknowns[1 + effect];
    }
    return sum;
  }

  /** One draw from the posterior of everything that configurations share. */
  public double[] draw(RandomGenerator random) {
    double[] unknowns = new double[solution.length];
    for (int i = 0; i < unknowns.length; i++) {
      unknowns[i] = random.nextGaussian();
    }
    factor.solveUpper(unknowns);
    for (int i = 0; i < unknowns.length; i++) {
      unknowns[i] += solution[i];
    }
    return unknowns;
  }

  /** A draw for a configuration with outcomes, given the shared draw. */
  public double drawTried(int arm, double[] unknowns, RandomGenerator random) {
    Row row = rows[arm];
    return value(row, unknowns) + Math.sqrt(row.shrink()) * random.nextGaussian();
  }

  /** A draw for a configuration without outcomes, given the shared draw. */
  public double drawUntried(int[] effects, double[] unknowns, RandomGenerator random) {
    return untried(effects, unknowns) + Math.sqrt(variances.interaction()) * random.nextGaussian();
  }

  /** The expected square of an effect: prediction squared plus posterior variance. */
  public double effectSquare(int effect) {
    double[] unit = new double[factor.size()];
    unit[1 + effect] = 1;
    double mean = solution[1 + effect];
    return mean * mean + factor.inverseForm(unit);
  }

  /** The expected square of a tried configuration's interaction. */
  public double interactionSquare(int arm) {
    Row row = rows[arm];
    double[] dependence = new double[factor.size()];
    for (int i = 0; i < row.index().length; i++) {
      dependence[row.index()[i]] = row.shrink() * row.weight()[i];
    }
    double mean = row.interaction(solution);
    return mean * mean + row.shrink() + factor.inverseForm(dependence);
  }

  /**
   * The probability that a tried configuration is worse than another.
   *
   * @param widening what the deviation of their difference is multiplied by
   */
  public double probabilityOfWorse(int one, int other, double widening) {
    double gap = meanOfTried(one) - meanOfTried(other);
    double deviation = widening * Math.sqrt(gapVariance(one, other));
    return one == other ? 0 : NormalDistribution.probability(-gap / deviation);
  }

  /** The variance of the difference of two tried configurations. */
  public double gapVariance(int one, int other) {
    double[] contrast = new double[factor.size()];
    addDependence(rows[one], 1, contrast);
    addDependence(rows[other], -1, contrast);
    return rows[one].shrink() + rows[other].shrink() + factor.inverseForm(contrast);
  }

  /** Adds how a configuration's prediction depends on the unknowns, its interaction included. */
  private static void addDependence(Row row, double sign, double[] contrast) {
    for (int i = 0; i < row.index().length; i++) {
      double direct = i < row.fixed() ? 1 : 0;
      contrast[row.index()[i]] += sign * (direct - row.shrink() * row.weight()[i]);
    }
  }

  /**
   * The half of a tried configuration's dependence on the unknowns: the product of two halves is
   * the covariance that two configurations have by what they share.
   */
  double[] halfOfTried(int arm) {
    double[] dependence = new double[factor.size()];
    addDependence(rows[arm], 1, dependence);
    factor.solveLower(dependence);
    return dependence;
  }

  /** The same for a configuration without outcomes. */
  double[] halfOfUntried(int[] effects) {
    double[] dependence = new double[factor.size()];
    dependence[0] = 1;
    for (int effect : effects) {
      dependence[1 + effect] = 1;
    }
    factor.solveLower(dependence);
    return dependence;
  }

  /** The variance that a tried configuration has by itself, all that is shared being known. */
  double ownVarianceOfTried(int arm) {
    return rows[arm].shrink();
  }

  /** The configurations with outcomes. */
  public int triedCount() {
    return rows.length;
  }

  /** The unknowns that a tried configuration depends on, effects only. */
  public int[] effectsOfTried(int arm) {
    Row row = rows[arm];
    int[] effects = new int[row.fixed() - 1];
    for (int i = 0; i < effects.length; i++) {
      effects[i] = row.index()[1 + i] - 1;
    }
    return effects;
  }
}
