package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The reference's third step: DSPy's schedule around Optuna's multivariate TPE. The baseline is
 * evaluated fully; each trial takes a fresh random minibatch; after every 5 trials, and at the end,
 * the best mean among configurations not yet evaluated fully is evaluated fully; full and minibatch
 * scores go to the sampler in the same way; the best full score wins.
 */
final class ReferencePlayer {
  private final CallMeter meter;
  private final Surface surface;
  private final Random minibatches;
  private final ReferenceTpe tpe;
  private final List<Integer> all;
  private final Map<Configuration, List<Double>> means = new LinkedHashMap<>();
  private final Set<Configuration> full = new HashSet<>();
  private Configuration best;
  private double bestScore;

  private ReferencePlayer(Surface surface, long seed) {
    this.surface = surface;
    meter = new CallMeter(surface);
    minibatches = new Random(seed);
    tpe = new ReferenceTpe(surface.space(), new SplittableRandom(seed));
    all = IntStream.range(0, surface.shape().examples()).boxed().toList();
    best = surface.baseline();
  }

  static Played play(Surface surface, long seed) {
    return new ReferencePlayer(surface, seed).play();
  }

  private Played play() {
    bestScore = meter.mean(best, all);
    full.add(best);
    tpe.tell(best, bestScore);
    int trials = surface.shape().trials();
    for (int trial = 1; trial <= trials; trial++) {
      Configuration configuration = tpe.suggest();
      List<Integer> minibatch = RandomSource.shuffled(all, minibatches);
      double mean = meter.mean(configuration, minibatch.subList(0, SurfaceShape.MINIBATCH));
      means.computeIfAbsent(configuration, added -> new ArrayList<>()).add(mean);
      tpe.tell(configuration, mean);
      if (trial % SurfaceShape.FULL_STEPS == 0 || trial == trials) {
        evaluateFully();
      }
    }
    return Played.of(meter, surface.trueScore(best));
  }

  private void evaluateFully() {
    Configuration highest = null;
    double highestMean = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Configuration, List<Double>> entry : means.entrySet()) {
      double mean = entry.getValue().stream().mapToDouble(Double::doubleValue).average().orElse(0);
      if (!full.contains(entry.getKey()) && mean > highestMean) {
        highest = entry.getKey();
        highestMean = mean;
      }
    }
    if (highest == null) {
      return;
    }
    full.add(highest);
    double score = meter.mean(highest, all);
    tpe.tell(highest, score);
    if (score > bestScore) {
      best = highest;
      bestScore = score;
    }
  }
}
