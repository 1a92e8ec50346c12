package dev.hone.benchmarks.rival;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.optimize.search.Configuration;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * HbBoPs: Hyperband over numbers of validation examples, whose configurations are proposed by a
 * Gaussian process of instructions and demo sets, by expected improvement. Brackets follow one
 * another until the tokens are spent, or a whole round of them brought nothing new. The process
 * knows the highest number of examples at which four configurations or more were evaluated; until
 * then, proposals are at random. Source: L. Schneider et al., "Hyperband-based Bayesian
 * optimization for black-box prompt selection", arXiv 2412.07820, with its smallest number of 10
 * examples and halving.
 *
 * <p>Differs from the reference: its deep kernel learns features of embeddings from the few means
 * of a run; here Matérn's kernel is over the distances themselves, of embeddings where they were
 * recorded, else of whether choices are equal. Of more than 512 configurations, improvement is
 * looked for among as many, drawn anew each time. The baseline is the first configuration.
 */
public final class HbBoPs {
  private static final int SMALLEST = 10;
  private static final int ENOUGH = 4;
  private static final int MOST_LOOKED_AT = 512;

  /** Means that the process takes at most, the latest: it costs their cube. */
  private static final int MOST_KNOWN = 60;

  private final CallMeter meter;
  private final double tokens;
  private final SplittableRandom random;
  private final List<Integer> order;

  /** Means by number of examples. */
  private final Map<Integer, Map<Configuration, Double>> means = new LinkedHashMap<>();

  private HbBoPs(CallMeter meter, double tokens, long seed) {
    this.meter = meter;
    this.tokens = tokens;
    random = new SplittableRandom(seed);
    order = RandomSource.shuffled(meter.examples(), random);
  }

  /** Plays until the tokens are spent, and gives the best at the highest number of examples. */
  public static Configuration play(CallMeter meter, double tokens, long seed) {
    return new HbBoPs(meter, tokens, seed).play();
  }

  private Configuration play() {
    int most = 0;
    while (order.size() >> (most + 1) >= SMALLEST) {
      most++;
    }
    if (!evaluate(meter.baseline(), order.size() >> most)) {
      return meter.baseline();
    }
    int idle = 0;
    for (int bracket = 0; meter.tokens() < tokens; bracket++) {
      int halvings = most - bracket % (most + 1);
      int size = (int) Math.ceil((most + 1.0) / (halvings + 1) * (1 << halvings));
      double before = meter.tokens();
      boolean paid = bracket(size, halvings);
      idle = meter.tokens() > before ? 0 : idle + 1;
      if (!paid || idle > most) {
        break;
      }
    }
    Map<Configuration, Double> top = Objects.requireNonNull(means.get(highest(1)));
    return top.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** Whether all of it could be paid. */
  private boolean bracket(int size, int halvings) {
    int examples = order.size() >> halvings;
    List<Configuration> field = new ArrayList<>();
    for (int i = 0; i < Math.min(size, meter.space().size()); i++) {
      Configuration proposed = proposed(field);
      if (!evaluate(proposed, examples)) {
        return false;
      }
      field.add(proposed);
    }
    for (int left = halvings - 1; left >= 0; left--) {
      int seen = order.size() >> left;
      Map<Configuration, Double> known =
          Objects.requireNonNull(means.get(order.size() >> (left + 1)));
      field =
          field.stream()
              .sorted(Comparator.comparing((Configuration c) -> known.get(c)).reversed())
              .limit(Math.max(1, field.size() / 2))
              .toList();
      for (Configuration each : field) {
        if (!evaluate(each, seen)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean evaluate(Configuration configuration, int examples) {
    List<Integer> seen = order.subList(0, examples);
    if (meter.tokens() + meter.cost(configuration, seen) > tokens) {
      return false;
    }
    means
        .computeIfAbsent(examples, added -> new LinkedHashMap<>())
        .put(configuration, meter.mean(configuration, seen));
    return true;
  }

  /** The highest number of examples at which so many configurations were evaluated. */
  private int highest(int configurations) {
    return means.entrySet().stream()
        .filter(each -> each.getValue().size() >= configurations)
        .mapToInt(Map.Entry::getKey)
        .max()
        .orElse(0);
  }

  private Configuration proposed(List<Configuration> field) {
    List<Configuration> looked = looked(field);
    Map<Configuration, Double> known = means.get(highest(ENOUGH));
    if (known == null) {
      return looked.get(random.nextInt(looked.size()));
    }
    List<Configuration> configurations =
        known.keySet().stream().skip(Math.max(0, known.size() - MOST_KNOWN)).toList();
    double[] values =
        configurations.stream().mapToDouble(c -> known.getOrDefault(c, 0.0)).toArray();
    ConfigurationProcess process =
        new ConfigurationProcess(new PairKernel(meter, 1, 1), configurations, values);
    double over = known.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    Configuration best = looked.get(0);
    double most = Double.NEGATIVE_INFINITY;
    for (Configuration each : looked) {
      double improvement = process.expectedImprovement(each, over);
      if (improvement > most) {
        best = each;
        most = improvement;
      }
    }
    return best;
  }

  /** Candidates of a proposal, in random order: those not in this bracket yet. */
  private List<Configuration> looked(List<Configuration> field) {
    long size = meter.space().size();
    List<Configuration> looked = new ArrayList<>();
    for (long i = 0; i < Math.min(size, MOST_LOOKED_AT); i++) {
      looked.add(meter.space().at(size > MOST_LOOKED_AT ? random.nextLong(size) : i));
    }
    looked.removeAll(field);
    return RandomSource.shuffled(looked, random);
  }
}
