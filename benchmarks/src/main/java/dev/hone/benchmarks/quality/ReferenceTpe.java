package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Optuna's {@code TPESampler(multivariate=True)} for categories, as DSPy runs it: 10 trials at
 * random, then the most promising of 24 draws; repeats are not avoided.
 */
public final class ReferenceTpe {
  private static final int STARTUP = 10;
  private static final int CANDIDATES = 24;
  private static final int BELOW_LIMIT = 25;
  private static final int FLAT_WEIGHTS = 25;

  private record Observation(Configuration configuration, double value, int trial) {}

  private final SearchSpace space;
  private final RandomGenerator random;
  private final List<Observation> observations = new ArrayList<>();

  /** A sampler that was told nothing. */
  public ReferenceTpe(SearchSpace space, RandomGenerator random) {
    this.space = space;
    this.random = random;
  }

  /** Takes the value of a trial. */
  public void tell(Configuration configuration, double value) {
    observations.add(new Observation(configuration, value, observations.size()));
  }

  /** The next configuration to try. */
  public Configuration suggest() {
    if (observations.size() < STARTUP) {
      return uniform();
    }
    List<Observation> sorted = new ArrayList<>(observations);
    sorted.sort(Comparator.comparingDouble(Observation::value).reversed());
    int count = (int) Math.min(Math.ceil(0.1 * sorted.size()), BELOW_LIMIT);
    List<Observation> below = byTrial(sorted.subList(0, count));
    List<Observation> above = byTrial(sorted.subList(count, sorted.size()));
    Configuration best = uniform();
    double promise = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      Configuration drawn = draw(below);
      double gain = Math.log(density(drawn, below)) - Math.log(density(drawn, above));
      if (gain > promise) {
        best = drawn;
        promise = gain;
      }
    }
    return best;
  }

  private static List<Observation> byTrial(List<Observation> group) {
    return group.stream().sorted(Comparator.comparingInt(Observation::trial)).toList();
  }

  private Configuration uniform() {
    List<Integer> choices = new ArrayList<>();
    space.dimensions().forEach(dimension -> choices.add(random.nextInt(dimension.choices())));
    return new Configuration(choices);
  }

  /** Weights of the kernels, the prior's last; they add up to 1. */
  private static double[] weights(int size) {
    double[] weights = new double[size + 1];
    int ramp = size < FLAT_WEIGHTS ? 0 : size - FLAT_WEIGHTS;
    double total = 0;
    for (int i = 0; i <= size; i++) {
      boolean early = i < ramp;
      double step = ramp > 1 ? (1 - 1.0 / size) / (ramp - 1) : 0;
      weights[i] = early ? 1.0 / size + i * step : 1;
      total += weights[i];
    }
    for (int i = 0; i <= size; i++) {
      weights[i] /= total;
    }
    return weights;
  }

  private double kernel(List<Observation> group, int index, int dimension, int choice) {
    int choices = space.dimensions().get(dimension).choices();
    if (index == group.size()) {
      return 1.0 / choices;
    }
    double floor = 1.0 / (group.size() + 1);
    boolean observed = group.get(index).configuration().choice(dimension) == choice;
    return (floor + (observed ? 1 : 0)) / (choices * floor + 1);
  }

  private Configuration draw(List<Observation> group) {
    int index = pick(weights(group.size()));
    List<Integer> choices = new ArrayList<>();
    for (int d = 0; d < space.dimensions().size(); d++) {
      double[] probabilities = new double[space.dimensions().get(d).choices()];
      for (int choice = 0; choice < probabilities.length; choice++) {
        probabilities[choice] = kernel(group, index, d, choice);
      }
      choices.add(pick(probabilities));
    }
    return new Configuration(choices);
  }

  private int pick(double[] probabilities) {
    double left = random.nextDouble();
    int last = probabilities.length - 1;
    for (int i = 0; i < last; i++) {
      left -= probabilities[i];
      if (left < 0) {
        return i;
      }
    }
    return last;
  }

  private double density(Configuration configuration, List<Observation> group) {
    double[] weights = weights(group.size());
    double density = 0;
    for (int i = 0; i < weights.length; i++) {
      double product = weights[i];
      for (int d = 0; d < space.dimensions().size(); d++) {
        product *= kernel(group, i, d, configuration.choice(d));
      }
      density += product;
    }
    return density;
  }
}
