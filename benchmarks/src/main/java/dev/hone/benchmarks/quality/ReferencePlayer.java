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

/**
 * The reference's third step: DSPy's schedule around Optuna's multivariate TPE. The baseline is
 * evaluated fully; each trial takes a fresh random minibatch; after every 5 trials, and at the end,
 * the best mean among configurations not yet evaluated fully is evaluated fully; full and minibatch
 * scores go to the sampler in the same way; the best full score wins. Where the schedule is whole,
 * every trial is a full evaluation.
 */
public final class ReferencePlayer {
  private final CallMeter meter;
  private final ReferenceSchedule schedule;
  private final Random minibatches;
  private final ReferenceTpe tpe;
  private final List<Integer> all;
  private final Map<Configuration, List<Double>> means = new LinkedHashMap<>();
  private final Set<Configuration> full = new HashSet<>();
  private Configuration best;
  private double bestScore;

  private ReferencePlayer(CallMeter meter, ReferenceSchedule schedule, long seed) {
    this.meter = meter;
    this.schedule = schedule;
    minibatches = new Random(seed);
    tpe = new ReferenceTpe(meter.space(), new SplittableRandom(seed));
    all = meter.examples();
    best = meter.baseline();
  }

  static Played play(Surface surface, long seed) {
    CallMeter meter = new CallMeter(surface);
    Configuration winner = play(meter, surface.shape().schedule(), seed);
    return Played.of(meter, surface.trueScore(winner));
  }

  /** Plays to the end, and gives the winner. */
  public static Configuration play(CallMeter meter, ReferenceSchedule schedule, long seed) {
    return new ReferencePlayer(meter, schedule, seed).play();
  }

  private Configuration play() {
    bestScore = meter.mean(best, all);
    full.add(best);
    tpe.tell(best, bestScore);
    for (int trial = 1; trial <= schedule.trials(); trial++) {
      if (schedule.whole()) {
        take(tpe.suggest());
      } else {
        tryMinibatch(tpe.suggest());
        if (trial % ReferenceSchedule.FULL_STEPS == 0 || trial == schedule.trials()) {
          evaluateFully();
        }
      }
    }
    return best;
  }

  private void tryMinibatch(Configuration configuration) {
    List<Integer> minibatch = RandomSource.shuffled(all, minibatches);
    double mean = meter.mean(configuration, minibatch.subList(0, schedule.minibatch()));
    means.computeIfAbsent(configuration, added -> new ArrayList<>()).add(mean);
    tpe.tell(configuration, mean);
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
    take(highest);
  }

  private void take(Configuration configuration) {
    full.add(configuration);
    double score = meter.mean(configuration, all);
    tpe.tell(configuration, score);
    if (score > bestScore) {
      best = configuration;
      bestScore = score;
    }
  }
}
