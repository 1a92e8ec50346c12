package dev.hone.optimize.search.racing.model;

import java.util.Arrays;

/**
 * Estimates the variances between configurations, of effects and interactions, by steps of
 * expectation-maximization from one step of the race to the next. Each variance is drawn to a prior
 * worth a few configurations, in proportion to the scores' own variance.
 */
public final class BetweenVarianceEstimator {
  /** In units of the scores' variance: a deviation of 0.06 for 0/1 scores around one half. */
  private static final double PRIOR_EFFECT = 0.0144;

  /** A deviation of 0.035 for 0/1 scores around one half. */
  private static final double PRIOR_INTERACTION = 0.005;

  private static final double PRIOR_WEIGHT = 4;
  private static final int MOST_ARMS = 100;

  private final Effects effects;

  /** An estimator for these effects. */
  public BetweenVarianceEstimator(Effects effects) {
    this.effects = effects;
  }

  /** The variances of effects before any outcome, by family. */
  public double[] priorEffects(double scale) {
    double[] prior = new double[effects.families()];
    Arrays.fill(prior, PRIOR_EFFECT * scale);
    prior[prior.length - 1] = PRIOR_INTERACTION * scale;
    return prior;
  }

  /** The variance of interactions before any outcome. */
  public double priorInteraction(double scale) {
    return PRIOR_INTERACTION * scale;
  }

  /** One step. Only effects that some configuration had count, as others say nothing. */
  public Variances step(Posterior posterior) {
    boolean[] met = new boolean[effects.count()];
    for (int arm = 0; arm < posterior.triedCount(); arm++) {
      for (int effect : posterior.effectsOfTried(arm)) {
        met[effect] = true;
      }
    }
    double scale = posterior.variances().scale();
    double[] sum = priorEffects(scale);
    double[] weight = new double[sum.length];
    for (int family = 0; family < sum.length; family++) {
      sum[family] *= PRIOR_WEIGHT;
      weight[family] = PRIOR_WEIGHT;
    }
    for (int effect = 0; effect < met.length; effect++) {
      if (met[effect]) {
        sum[effects.family(effect)] += posterior.effectSquare(effect);
        weight[effects.family(effect)]++;
      }
    }
    for (int family = 0; family < sum.length; family++) {
      sum[family] /= weight[family];
    }
    return posterior.variances().withBetween(sum, interaction(posterior, scale));
  }

  private double interaction(Posterior posterior, double scale) {
    int count = Math.min(MOST_ARMS, posterior.triedCount());
    double sum = PRIOR_WEIGHT * PRIOR_INTERACTION * scale;
    for (int i = 0; i < count; i++) {
      sum += posterior.interactionSquare((int) ((long) i * posterior.triedCount() / count));
    }
    return sum / (PRIOR_WEIGHT + count);
  }
}
