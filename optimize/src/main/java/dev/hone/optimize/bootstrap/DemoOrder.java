package dev.hone.optimize.bootstrap;

import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Chooses demos one after the other, each for what it adds to those before; see {@link DemoChoice}.
 *
 * <p>Structure: the demos whose labels lack most ({@link LabelCoverage}); of these the one that
 * adds most by the words of its inputs ({@link WordOverlap}); of equal ones a random one. Where
 * there is room for every label, the last demos are kept for labels that are still missing, however
 * rare. Representative demos are those of the facility location problem, likeness times agreement
 * of labels, solved greedily, which is at least 1 - 1/e of the best (Nemhauser, Wolsey and Fisher,
 * 1978). Complexity: n² for n demos, at most {@value #MOST_CANDIDATES}, of which others are a
 * random sample.
 */
final class DemoOrder {
  private static final int MOST_CANDIDATES = 400;

  /** Sums of shares that differ by less are equal. */
  private static final double EQUAL = 1e-9;

  private final boolean varied;
  private final List<Demo> demos;
  private final LabelCoverage labels;
  private final float[][] likeness;
  private final float[] nearest;

  private DemoOrder(boolean varied, List<Demo> demos) {
    this.varied = varied;
    this.demos = demos;
    this.labels = new LabelCoverage(demos);
    this.likeness = new float[demos.size()][demos.size()];
    this.nearest = new float[demos.size()];
    WordOverlap words = new WordOverlap(demos);
    for (int i = 0; i < likeness.length; i++) {
      for (int j = 0; j <= i; j++) {
        double alike = words.of(i, j) * (varied ? 1 : labels.agreement(i, j));
        likeness[i][j] = (float) alike;
        likeness[j][i] = (float) alike;
      }
    }
  }

  /**
   * The demos that come after those shown, in the order in which they were chosen.
   *
   * @param shown the demos that a set has already
   * @param candidates those to choose from
   * @param count how many, or all if there are fewer
   */
  static List<Demo> choose(
      DemoChoice choice,
      List<Demo> shown,
      List<Demo> candidates,
      int count,
      RandomGenerator random) {
    if (choice == DemoChoice.RANDOM) {
      return RandomSource.sample(candidates, count, random);
    }
    int looked = Math.min(MOST_CANDIDATES, choice.candidates(candidates.size()));
    List<Demo> all = new ArrayList<>(shown);
    all.addAll(RandomSource.sample(candidates, Math.max(count, looked), random));
    return new DemoOrder(choice == DemoChoice.VARIED, all).after(shown.size(), count);
  }

  private List<Demo> after(int shown, int count) {
    Set<Integer> open = new LinkedHashSet<>();
    for (int i = 0; i < demos.size(); i++) {
      if (i < shown) {
        take(i);
      } else {
        open.add(i);
      }
    }
    boolean roomForAll = labels.missing() <= count;
    List<Demo> chosen = new ArrayList<>();
    while (chosen.size() < count && !open.isEmpty()) {
      int next = next(open, roomForAll && labels.missing() >= count - chosen.size());
      open.remove(next);
      take(next);
      chosen.add(demos.get(next));
    }
    return List.copyOf(chosen);
  }

  private void take(int demo) {
    labels.show(demo);
    for (int i = 0; i < nearest.length; i++) {
      nearest[i] = Math.max(nearest[i], likeness[demo][i]);
    }
  }

  /** The best of those whose labels lack most, or of those that have most of the missing ones. */
  private int next(Set<Integer> open, boolean missingOnly) {
    int best = -1;
    double bestNeed = 0;
    double bestGain = 0;
    for (int demo : open) {
      double need = missingOnly ? labels.missingOf(demo) : labels.lack(demo);
      if (best >= 0 && need < bestNeed - EQUAL) {
        continue;
      }
      double gain = gain(demo);
      if (best < 0 || need > bestNeed + EQUAL || gain > bestGain) {
        best = demo;
        bestNeed = need;
        bestGain = gain;
      }
    }
    return best;
  }

  private double gain(int demo) {
    if (varied) {
      return -nearest[demo];
    }
    double sum = 0;
    for (int i = 0; i < nearest.length; i++) {
      sum += Math.max(0, likeness[demo][i] - nearest[i]);
    }
    return sum;
  }
}
