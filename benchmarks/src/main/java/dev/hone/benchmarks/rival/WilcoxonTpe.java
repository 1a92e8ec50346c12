package dev.hone.benchmarks.rival;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.ReferenceTpe;
import dev.hone.optimize.search.Configuration;
import dev.hone.random.RandomSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Optuna's TPE with its {@code WilcoxonPruner}: a trial evaluates example by example, in an order
 * of its own, and ends where the signed-rank test on the examples so far says, at 0.1, that it is
 * worse than the best trial, from the second example on and unless its mean is as good. A trial
 * that ended tells the sampler its mean so far, as Optuna's manual recommends. The baseline is the
 * first trial.
 */
public final class WilcoxonTpe {
  private static final double THRESHOLD = 0.1;
  private static final int STARTUP_STEPS = 2;

  /** Trials in a row that brought nothing new, after which it ends though tokens are left. */
  private static final int MOST_IDLE = 50;

  private final CallMeter meter;
  private final double tokens;
  private final SplittableRandom random;
  private final List<Integer> all;
  private Configuration best;
  private double[] bestScores;
  private boolean spent;

  private WilcoxonTpe(CallMeter meter, double tokens, long seed) {
    this.meter = meter;
    this.tokens = tokens;
    random = new SplittableRandom(seed);
    all = meter.examples();
    best = meter.baseline();
    bestScores = meter.evaluate(best, all);
  }

  /** Plays until the tokens are spent, and gives the best complete configuration. */
  public static Configuration play(CallMeter meter, double tokens, long seed) {
    return new WilcoxonTpe(meter, tokens, seed).play();
  }

  private Configuration play() {
    ReferenceTpe tpe = new ReferenceTpe(meter.space(), random.split());
    tpe.tell(best, mean(bestScores));
    int idle = 0;
    while (!spent && idle < MOST_IDLE) {
      double before = meter.tokens();
      Configuration configuration = tpe.suggest();
      tpe.tell(configuration, trial(configuration));
      idle = meter.tokens() > before ? 0 : idle + 1;
    }
    return best;
  }

  private double trial(Configuration configuration) {
    List<Integer> order = RandomSource.shuffled(all, random);
    double[] scores = new double[order.size()];
    double[] differences = new double[order.size()];
    double sum = 0;
    for (int i = 0; i < order.size(); i++) {
      int example = order.get(i);
      if (meter.tokens() + meter.cost(configuration, List.of(example)) > tokens) {
        spent = true;
        return i == 0 ? 0 : sum / i;
      }
      scores[example] = meter.evaluate(configuration, List.of(example))[0];
      differences[i] = scores[example] - bestScores[example];
      sum += scores[example];
      if (i + 1 >= STARTUP_STEPS && sum / (i + 1) < mean(bestScores)) {
        if (SignedRank.less(Arrays.copyOf(differences, i + 1)) < THRESHOLD) {
          return sum / (i + 1);
        }
      }
    }
    if (mean(scores) > mean(bestScores)) {
      best = configuration;
      bestScores = scores;
    }
    return mean(scores);
  }

  private static double mean(double[] scores) {
    return Arrays.stream(scores).average().orElse(0);
  }
}
