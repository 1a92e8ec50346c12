package dev.hone.optimize.search.racing.model;

import dev.hone.optimize.search.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws from the posterior over the candidates: which may be the best, and what is lost by taking
 * the one of the highest prediction.
 */
public final class PosteriorDraws {
  private static final int DRAWS = 128;

  /** How many configurations the next blocks may go to, at most. */
  private static final int CONTENDERS = 40;

  private final List<Configuration> candidates = new ArrayList<>();
  private final double[] means;
  private final int[] wins;
  private final int leader;
  private double loss;

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
    wins = new int[candidates.size()];
    for (int i = 0; i < means.length; i++) {
      means[i] =
          i < tried.size()
              ? posterior.meanOfTried(i)
              : posterior.meanOfUntried(untriedEffects[i - tried.size()]);
    }
    leader = leader(tried.size(), posterior);
    for (int draw = 0; draw < DRAWS; draw++) {
      draw(tried.size(), untriedEffects, posterior, random);
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

  private void draw(int tried, int[][] untried, Posterior posterior, RandomGenerator random) {
    double[] unknowns = posterior.draw(random);
    double best = Double.NEGATIVE_INFINITY;
    double ofLeader = 0;
    int winner = 0;
    for (int i = 0; i < means.length; i++) {
      double value =
          i < tried
              ? posterior.drawTried(i, unknowns, random)
              : posterior.drawUntried(untried[i - tried], unknowns, random);
      double widened = means[i] + KnowledgeGradient.WIDENING * (value - means[i]);
      if (i == leader) {
        ofLeader = widened;
      }
      if (widened > best) {
        best = widened;
        winner = i;
      }
    }
    wins[winner]++;
    loss += (best - ofLeader) / DRAWS;
  }

  /** By how much the best of all candidates is expected to be better than the leader. */
  public double expectedLoss() {
    return loss;
  }

  /**
   * The leader, and those that may be the best: that are in some draw, the most frequent first, and
   * then by their predictions.
   */
  public List<Configuration> contenders() {
    return IntStream.range(0, means.length)
        .boxed()
        .sorted(
            Comparator.<Integer, Boolean>comparing(i -> i != leader)
                .thenComparing(i -> -wins[i])
                .thenComparing(i -> -means[i]))
        .limit(CONTENDERS)
        .map(candidates::get)
        .toList();
  }
}
