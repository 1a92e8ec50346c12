package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Successive halving: random configurations and the baseline, all on the same growing sample; each
 * rung has the same share of the calls and keeps the better half.
 */
public final class HalvingPlayer {
  private HalvingPlayer() {}

  static Played play(Surface surface, int budget, long seed) {
    CallMeter meter = new CallMeter(surface);
    int most = Math.max(4, Math.min(64, budget / 20));
    return Played.of(meter, surface.trueScore(play(meter, budget, most, seed)));
  }

  /**
   * Plays to the end, and gives the winner.
   *
   * @param budget the calls, about
   * @param most the configurations that take part, if there are as many
   */
  public static Configuration play(CallMeter meter, int budget, int most, long seed) {
    Random random = new Random(seed);
    List<Integer> order = RandomSource.shuffled(meter.examples(), random);
    List<Configuration> field = field(meter, random, most);
    int rungs = Math.max(1, (int) Math.ceil(Math.log(field.size()) / Math.log(2)));
    int reached = 0;
    for (int rung = 0; rung < rungs && field.size() > 1; rung++) {
      int grow = Math.max(1, budget / rungs / field.size());
      int seen = Math.min(order.size(), reached + grow);
      field = half(field, meter, order.subList(0, seen));
      reached = seen;
    }
    return field.get(0);
  }

  /** The baseline and others drawn at random, all different; all there are if not more. */
  public static List<Configuration> field(CallMeter meter, RandomGenerator random, int most) {
    long size = meter.space().size();
    Set<Configuration> field = new LinkedHashSet<>();
    field.add(meter.baseline());
    while (field.size() < Math.min(size, most)) {
      field.add(meter.space().at((long) (random.nextDouble() * size)));
    }
    return new ArrayList<>(field);
  }

  private static List<Configuration> half(
      List<Configuration> field, CallMeter meter, List<Integer> examples) {
    Map<Configuration, Double> means = new HashMap<>();
    field.forEach(one -> means.put(one, meter.mean(one, examples)));
    return field.stream()
        .sorted(Comparator.comparing((Configuration one) -> means.get(one)).reversed())
        .limit((field.size() + 1) / 2)
        .toList();
  }
}
