package dev.hone.optimize.search.racing.model;

import dev.hone.optimize.search.Configuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Draws from the posterior over the candidates: which leads, which might be better, and how likely.
 *
 * <p>The draws serve two ends. Each draw's best is a vote; top-two Thompson sampling (Russo 2016)
 * takes the best of one draw and the first other that is best in a later one; its draws are
 * tempered here. And the share of draws, widened, in which another beats the leader by more than
 * the tolerance is the probability that the leader is the wrong choice. Drawn to their predictions
 * by as much as more examples would leave open, the draws say what more examples might show.
 */
public final class PosteriorDraws {
  private static final int DRAWS = 128;

  private final List<Configuration> candidates = new ArrayList<>();

  /**
   * Votes go by draws half as far from the prediction. As wide as the posterior, with so few blocks
   * to give, too many of them would go to those that are merely unknown.
   */
  private static final double TEMPERATURE = 0.5;

  /**
   * Where a probability is stated, deviations are multiplied by this. The model takes its estimated
   * variances for known and all effects for normal, so its own probabilities are too sure.
   */
  public static final double WIDENING = 1.3;

  private final double[] means;
  private final double[][] values = new double[DRAWS][];
  private final double[] leads = new double[DRAWS];
  private final int[] votes = new int[DRAWS];
  private final int leader;

  /** Draws for all candidates, those with outcomes first. */
  public PosteriorDraws(
      List<Arm> tried,
      List<Configuration> untried,
      Effects effects,
      Posterior posterior,
      RandomGenerator random) {
    tried.forEach(arm -> candidates.add(arm.configuration()));
    candidates.addAll(untried);
    int[][] untriedEffects = new int[untried.size()][];
    for (int i = 0; i < untriedEffects.length; i++) {
      untriedEffects[i] = effects.of(untried.get(i));
    }
    means = new double[candidates.size()];
    for (int i = 0; i < means.length; i++) {
      means[i] =
          i < tried.size()
              ? posterior.meanOfTried(i)
              : posterior.meanOfUntried(untriedEffects[i - tried.size()]);
    }
    leader = leader(tried.size(), posterior);
    for (int draw = 0; draw < DRAWS; draw++) {
      draw(draw, tried.size(), untriedEffects, posterior, random);
    }
  }

  /** The place of the highest prediction among those with outcomes. */
  public static int leader(int tried, Posterior posterior) {
    int best = 0;
    for (int i = 1; i < tried; i++) {
      if (posterior.meanOfTried(i) > posterior.meanOfTried(best)) {
        best = i;
      }
    }
    return best;
  }

  private void draw(
      int draw, int tried, int[][] untried, Posterior posterior, RandomGenerator random) {
    double[] unknowns = posterior.draw(random);
    double best = Double.NEGATIVE_INFINITY;
    double bestCool = Double.NEGATIVE_INFINITY;
    values[draw] = new double[candidates.size()];
    for (int i = 0; i < candidates.size(); i++) {
      double value =
          i < tried
              ? posterior.drawTried(i, unknowns, random)
              : posterior.drawUntried(untried[i - tried], unknowns, random);
      values[draw][i] = value;
      best = Math.max(best, widened(draw, i));
      double cool = means[i] + TEMPERATURE * (value - means[i]);
      if (cool > bestCool) {
        bestCool = cool;
        votes[draw] = i;
      }
    }
    leads[draw] = best - widened(draw, leader);
  }

  private double widened(int draw, int candidate) {
    return means[candidate] + WIDENING * (values[draw][candidate] - means[candidate]);
  }

  /** The tried configuration of the highest prediction. */
  public Configuration leader() {
    return candidates.get(leader);
  }

  /**
   * The probability that another configuration is better than the leader by more than a tolerance.
   */
  public double probabilityOfBetter(double tolerance) {
    int better = 0;
    for (double lead : leads) {
      better += lead > tolerance ? 1 : 0;
    }
    return better / (double) leads.length;
  }

  /**
   * The probability that, once every configuration had met more examples, one would be predicted to
   * beat another, the baseline, by more than a tolerance.
   *
   * <p>Let s² be the variance of a configuration's lead. A mean of differences over n examples, of
   * variance v = 2 · noise / n, moves the predicted lead by a normal of variance s² · s² / (s² +
   * v). So each draw of a lead is shrunk towards its prediction by the root of s² / (s² + v).
   *
   * @param baseline the place of the baseline among the candidates
   * @param examples how many more examples the configuration at a place may meet
   * @param noise the variance of an outcome, configuration and example known
   */
  public double probabilityOfShowing(
      int baseline, IntToDoubleFunction examples, double noise, double tolerance) {
    double[] best = new double[DRAWS];
    for (int i = 0; i < means.length; i++) {
      double predicted = means[i] - means[baseline];
      double square = 0;
      for (double[] draw : values) {
        double off = draw[i] - draw[baseline] - predicted;
        square += off * off / DRAWS;
      }
      double kept = Math.sqrt(shown(square, examples.applyAsDouble(i), noise));
      for (int draw = 0; draw < DRAWS; draw++) {
        double off = values[draw][i] - values[draw][baseline] - predicted;
        best[draw] = Math.max(best[draw], predicted + kept * off);
      }
    }
    return Arrays.stream(best).filter(lead -> lead > tolerance).count() / (double) DRAWS;
  }

  /** The share of a lead's variance that the mean difference over a number of examples resolves. */
  public static double shown(double variance, double examples, double noise) {
    return examples <= 0 || variance <= 0 ? 0 : variance / (variance + 2 * noise / examples);
  }

  /** The best configurations of the draws, in the order of the draws, each once. */
  public List<Configuration> votes() {
    List<Configuration> voted = new ArrayList<>();
    for (int vote : votes) {
      if (!voted.contains(candidates.get(vote))) {
        voted.add(candidates.get(vote));
      }
    }
    return voted;
  }
}
