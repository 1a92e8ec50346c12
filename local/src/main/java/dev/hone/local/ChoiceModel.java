package dev.hone.local;

import dev.hone.stats.Cholesky;
import java.util.List;

/**
 * Learns from choices that were made which features of an option count: the probability of an
 * option is that of a softmax over weighted features.
 *
 * <p>Structure: conditional logit (McFadden, 1974) with a normal prior around weights that are
 * assumed before anything is seen, by Newton's method. Complexity: O(options f^2 + f^3) for each of
 * 12 steps, with f features.
 */
final class ChoiceModel {
  private static final int STEPS = 12;
  private static final double LONGEST_STEP = 2;

  private final double[] weights;

  private ChoiceModel(double[] weights) {
    this.weights = weights;
  }

  /**
   * A choice that was made.
   *
   * @param options the features of each option
   * @param right whether each is what was chosen; several may be the same thing
   */
  record Made(double[][] options, boolean[] right) {}

  /**
   * Fits a model.
   *
   * @param choices choices in which at least one option is right
   * @param prior the weights without any choice
   * @param strength how many choices, about, the prior counts for
   */
  static ChoiceModel fit(List<Made> choices, double[] prior, double strength) {
    double[] weights = prior.clone();
    for (int step = 0; step < STEPS && !choices.isEmpty(); step++) {
      double[] gradient = new double[weights.length];
      double[][] curvature = new double[weights.length][];
      for (int f = 0; f < weights.length; f++) {
        gradient[f] = strength * (prior[f] - weights[f]);
        curvature[f] = new double[f + 1];
        curvature[f][f] = strength;
      }
      ChoiceModel now = new ChoiceModel(weights);
      choices.forEach(choice -> now.add(choice, gradient, curvature));
      Cholesky.ofLowerTriangle(curvature).solve(gradient);
      double longest = 0;
      for (double change : gradient) {
        longest = Math.max(longest, Math.abs(change));
      }
      double share = Math.min(1, LONGEST_STEP / Math.max(longest, 1e-9));
      for (int f = 0; f < weights.length; f++) {
        weights[f] += share * gradient[f];
      }
    }
    return new ChoiceModel(weights);
  }

  /** The score of an option: the logarithm of its probability, up to a constant of its choice. */
  double score(double[] option) {
    double sum = 0;
    for (int f = 0; f < weights.length; f++) {
      sum += weights[f] * option[f];
    }
    return sum;
  }

  private void add(Made choice, double[] gradient, double[][] curvature) {
    double[] all = probabilities(choice, false);
    double[] right = probabilities(choice, true);
    double[] mean = new double[weights.length];
    for (int i = 0; i < all.length; i++) {
      double[] option = choice.options()[i];
      for (int f = 0; f < weights.length; f++) {
        mean[f] += all[i] * option[f];
        gradient[f] += (right[i] - all[i]) * option[f];
        for (int g = 0; g <= f && all[i] > 1e-6; g++) {
          curvature[f][g] += all[i] * option[f] * option[g];
        }
      }
    }
    for (int f = 0; f < weights.length; f++) {
      for (int g = 0; g <= f; g++) {
        curvature[f][g] -= mean[f] * mean[g];
      }
    }
  }

  /** The probabilities of all options, or of those that are right only. */
  private double[] probabilities(Made choice, boolean rightOnly) {
    double[] probabilities = new double[choice.options().length];
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = score(choice.options()[i]);
      most = Math.max(most, rightOnly && !choice.right()[i] ? most : probabilities[i]);
    }
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      boolean counts = !rightOnly || choice.right()[i];
      probabilities[i] = counts ? StrictMath.exp(probabilities[i] - most) : 0;
      sum += probabilities[i];
    }
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }
}
