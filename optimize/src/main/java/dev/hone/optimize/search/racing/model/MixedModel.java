package dev.hone.optimize.search.racing.model;

import dev.hone.optimize.search.Configuration;
import dev.hone.stats.Cholesky;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The random-effects model of a race, and its best linear unbiased predictions (Henderson).
 *
 * <p>An outcome of configuration c on example e is
 *
 * <pre>  y = mean + Σ effects of c + interaction of c + difficulty of e + noise</pre>
 *
 * <p>all but the mean normal with mean 0 and the variances of {@link Variances}. Two things keep
 * the solve small. Examples of one block are met by the same configurations, so only the block's
 * mean difficulty matters to configurations, and the block's sum of a configuration's scores is
 * sufficient. And an interaction belongs to one configuration only, so all of them are eliminated
 * analytically. What is left to solve has one unknown for the mean, one per effect, and one per
 * block.
 *
 * <p>Exact where a configuration has all scores of its blocks or none. Where some are missing, the
 * mean of the others stands for the block with a variance larger by what the missing ones might
 * have changed.
 *
 * <p>Complexity: with p unknowns, C configurations and b blocks of each, O(p³/6 + C b²).
 */
public final class MixedModel {
  /** In units of the scores' variance: a deviation of 0.14 for 0/1 scores around one half. */
  private static final double GIVEN = 0.08;

  private final Effects effects;
  private final ExampleOrder order;
  private final Variances variances;
  private final @Nullable Configuration given;
  private final List<Arm> arms;
  private final int blocks;
  private final int size;
  private final double center;

  /**
   * A model of the outcomes of arms.
   *
   * @param given the configuration that the program began with, which is not one of a kind with
   *     those that were made for it: what it adds to its effects varies more; null for none
   */
  public MixedModel(
      Effects effects,
      ExampleOrder order,
      Variances variances,
      List<Arm> arms,
      @Nullable Configuration given) {
    this.given = given;
    this.effects = effects;
    this.order = order;
    this.variances = variances;
    this.arms = arms;
    this.blocks = arms.stream().mapToInt(Arm::asked).max().orElse(0);
    this.size = 1 + effects.count() + blocks;
    this.center = arms.stream().mapToDouble(Arm::mean).average().orElse(0);
  }

  /** Solves the mixed-model equations. */
  public Posterior solve() {
    double[][] precision = priorPrecision();
    double[] right = new double[size];
    Posterior.Row[] rows = new Posterior.Row[arms.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(arms.get(i));
      add(rows[i], precision, right);
    }
    Cholesky factor = Cholesky.ofLowerTriangle(precision);
    factor.solve(right);
    return new Posterior(variances, center, factor, right, rows);
  }

  private double[][] priorPrecision() {
    double[][] precision = new double[size][];
    for (int i = 0; i < size; i++) {
      precision[i] = new double[i + 1];
    }
    precision[0][0] = 1 / variances.scale();
    for (int effect = 0; effect < effects.count(); effect++) {
      precision[1 + effect][1 + effect] = 1 / variances.effects()[effects.family(effect)];
    }
    for (int block = 0; block < blocks; block++) {
      int i = 1 + effects.count() + block;
      precision[i][i] = order.block(block).size() / variances.difficulty();
    }
    return precision;
  }

  /** The sufficient statistics of a configuration: weights of its block means, their sums. */
  private Posterior.Row row(Arm arm) {
    int[] ofConfiguration = effects.of(arm.configuration());
    int seen = 0;
    for (int block = 0; block < blocks; block++) {
      seen += arm.seen(block) > 0 ? 1 : 0;
    }
    int fixed = 1 + ofConfiguration.length;
    int[] index = new int[fixed + seen];
    double[] weight = new double[index.length];
    for (int i = 0; i < ofConfiguration.length; i++) {
      index[1 + i] = 1 + ofConfiguration[i];
    }
    double total = 0;
    double weighted = 0;
    int next = fixed;
    double[] blockRight = new double[seen];
    for (int block = 0; block < blocks; block++) {
      if (arm.seen(block) > 0) {
        double w = weight(arm.seen(block), order.block(block).size());
        double residual = arm.sum(block) / arm.seen(block) - center;
        index[next] = 1 + effects.count() + block;
        weight[next] = w;
        blockRight[next - fixed] = w * residual;
        total += w;
        weighted += w * residual;
        next++;
      }
    }
    Arrays.fill(weight, 0, fixed, total);
    double shrink = 1 / (total + 1 / ownVariance(arm));
    return new Posterior.Row(index, weight, fixed, weighted, shrink, blockRight);
  }

  /** The variance of what a configuration adds to its effects. */
  private double ownVariance(Arm arm) {
    return arm.configuration().equals(given)
        ? Math.max(variances.interaction(), GIVEN * variances.scale())
        : variances.interaction();
  }

  private double weight(int seen, int blockSize) {
    double missing = 1.0 / seen - 1.0 / blockSize;
    return 1 / (variances.noise() / seen + variances.difficulty() * missing);
  }

  /** Adds Σ w v vᵀ − shrink (Σ w v)(Σ w v)ᵀ, v being what a block mean of the row depends on. */
  private static void add(Posterior.Row row, double[][] precision, double[] right) {
    int[] index = row.index();
    double[] weight = row.weight();
    for (int i = 0; i < index.length; i++) {
      for (int j = 0; j < index.length; j++) {
        if (index[j] <= index[i]) {
          double own = crossWeight(row, i, j);
          precision[index[i]][index[j]] += own - row.shrink() * weight[i] * weight[j];
        }
      }
      double own = i < row.fixed() ? row.weighted() : row.blockRight()[i - row.fixed()];
      right[index[i]] += own - row.shrink() * weight[i] * row.weighted();
    }
  }

  private static double crossWeight(Posterior.Row row, int i, int j) {
    if (i >= row.fixed() && j >= row.fixed()) {
      return i == j ? row.weight()[i] : 0;
    }
    return row.weight()[Math.max(i, j)];
  }
}
