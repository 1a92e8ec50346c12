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
import java.util.stream.IntStream;

/**
 * Successive halving: random configurations and the baseline, all on the same growing sample; each
 * rung has the same share of the calls and keeps the better half.
 */
final class HalvingPlayer {
  private HalvingPlayer() {}

  static Played play(Surface surface, int budget, long seed) {
    Random random = new Random(seed);
    CallMeter meter = new CallMeter(surface);
    List<Integer> order =
        RandomSource.shuffled(
            IntStream.range(0, surface.shape().examples()).boxed().toList(), random);
    List<Configuration> field = field(surface, random, budget);
    int rungs = Math.max(1, (int) Math.ceil(Math.log(field.size()) / Math.log(2)));
    int reached = 0;
    for (int rung = 0; rung < rungs && field.size() > 1; rung++) {
      int grow = Math.max(1, budget / rungs / field.size());
      int seen = Math.min(order.size(), reached + grow);
      field = half(field, meter, order.subList(0, seen));
      reached = seen;
    }
    return Played.of(meter, surface.trueScore(field.get(0)));
  }

  private static List<Configuration> field(Surface surface, Random random, int budget) {
    long most = Math.min(surface.space().size(), Math.max(4, Math.min(64, budget / 20)));
    Set<Configuration> field = new LinkedHashSet<>();
    field.add(surface.baseline());
    while (field.size() < most) {
      field.add(surface.space().at((long) (random.nextDouble() * surface.space().size())));
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
