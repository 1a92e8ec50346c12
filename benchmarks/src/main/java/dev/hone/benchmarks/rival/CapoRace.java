package dev.hone.benchmarks.rival;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.HalvingPlayer;
import dev.hone.optimize.search.Configuration;
import dev.hone.random.RandomSource;
import dev.hone.stats.NormalDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The racing rule of CAPO on given candidates: block after block of examples in a random order, and
 * after each block whoever is significantly worse than at least one other, by a paired t-test at
 * 0.2 without correction, is out. Ends with one survivor, ten blocks or all tokens spent; the
 * highest mean wins. Source: T. Zehle et al., "CAPO: Cost-aware prompt optimization", arXiv
 * 2504.16005.
 *
 * <p>Differs from the reference: no evolution and no penalty on length, since the candidates and
 * the aim are those of all players here; a block is a tenth of the validation set as there, but at
 * least five examples; of a large space as many candidates are drawn as half of the tokens give a
 * first block.
 */
public final class CapoRace {
  private static final double SIGNIFICANCE = 0.2;
  private static final int BLOCKS = 10;
  private static final int SMALLEST_BLOCK = 5;

  private CapoRace() {}

  private record Racer(Configuration configuration, List<Double> scores) {
    double mean() {
      return scores.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
  }

  /** Plays to the end, and gives the winner. */
  public static Configuration play(CallMeter meter, double tokens, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> order = RandomSource.shuffled(meter.examples(), random);
    int block = Math.min(order.size(), Math.max(SMALLEST_BLOCK, order.size() / BLOCKS));
    List<Racer> race = field(meter, tokens / 2, block, random);
    for (int from = 0; from < order.size() && race.size() > 1; from += block) {
      List<Integer> examples = order.subList(from, Math.min(order.size(), from + block));
      double cost = race.stream().mapToDouble(r -> meter.cost(r.configuration(), examples)).sum();
      if (meter.tokens() + cost > tokens) {
        break;
      }
      for (Racer racer : race) {
        Arrays.stream(meter.evaluate(racer.configuration(), examples)).forEach(racer.scores()::add);
      }
      List<Racer> all = race;
      race = race.stream().filter(one -> all.stream().noneMatch(o -> better(o, one))).toList();
    }
    Racer best = race.get(0);
    for (Racer racer : race) {
      best = racer.mean() > best.mean() ? racer : best;
    }
    return best.configuration();
  }

  private static List<Racer> field(
      CallMeter meter, double tokens, int block, SplittableRandom random) {
    List<Racer> field = new ArrayList<>();
    double cost = 0;
    int most = (int) Math.min(meter.space().size(), 4096);
    for (Configuration each : HalvingPlayer.field(meter, random, most)) {
      cost += block * meter.tokens(each);
      if (field.isEmpty() || cost <= tokens) {
        field.add(new Racer(each, new ArrayList<>()));
      }
    }
    return field;
  }

  /** Whether a paired t-test says that one is better than another. */
  private static boolean better(Racer one, Racer other) {
    int n = one.scores().size();
    double mean = one.mean() - other.mean();
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double apart = one.scores().get(i) - other.scores().get(i) - mean;
      squares += apart * apart;
    }
    return mean > 1e-12 && mean > quantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
  }

  /** Student's quantile by its expansion about the normal's; to three digits from 4 degrees on. */
  private static double quantile(int degrees) {
    double z = NormalDistribution.quantile(1 - SIGNIFICANCE);
    double cube = z * z * z;
    return z
        + (cube + z) / (4 * degrees)
        + (5 * cube * z * z + 16 * cube + 3 * z) / (96.0 * degrees * degrees);
  }
}
