package dev.hone.stats;

import dev.hone.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Distinct observations, by {@link Object#equals}, with how often each was made. Weights are whole
 * numbers where observations were counted, and may be broken where tallies were mixed. Immutable,
 * if the observations are.
 */
public final class ObservationTally {
  private static final ObservationTally NONE = new ObservationTally(List.of(), new double[0]);

  private final List<Object> observations;
  private final double[] weights;
  private final double size;

  private ObservationTally(List<Object> observations, double[] weights) {
    this.observations = observations;
    this.weights = weights;
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    this.size = sum;
  }

  /** The tally of observations, in the order in which each is met first. */
  public static ObservationTally of(Collection<?> observations) {
    Map<Object, Double> counts = new LinkedHashMap<>();
    observations.forEach(observation -> counts.merge(observation, 1.0, Double::sum));
    return of(counts);
  }

  private static ObservationTally of(Map<Object, Double> counts) {
    return counts.isEmpty()
        ? NONE
        : new ObservationTally(
            List.copyOf(counts.keySet()),
            counts.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** A tally of the same observations with other weights. */
  ObservationTally withWeights(double[] others) {
    return new ObservationTally(observations, others);
  }

  /** A copy in which an observation, by its place, weighs more by a number. */
  public ObservationTally add(int place, double weight) {
    double[] changed = weights.clone();
    changed[place] += weight;
    return withWeights(changed);
  }

  /** The distinct observations. */
  public List<Object> observations() {
    return observations;
  }

  /** How often the observation at a place was made. */
  public double weight(int place) {
    return weights[place];
  }

  /** The number of observations: the sum of all weights. */
  public double size() {
    return size;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return observations.isEmpty();
  }

  /** The tally of what a function makes of the observations. */
  public ObservationTally map(Function<Object, Object> function) {
    Map<Object, Double> counts = new LinkedHashMap<>();
    for (int i = 0; i < weights.length; i++) {
      counts.merge(function.apply(observations.get(i)), weights[i], Double::sum);
    }
    return of(counts);
  }

  /** This tally and another one, whose weights are multiplied by a factor, together. */
  public ObservationTally plus(ObservationTally other, double factor) {
    Map<Object, Double> counts = new LinkedHashMap<>();
    for (int i = 0; i < weights.length; i++) {
      counts.put(observations.get(i), weights[i]);
    }
    for (int i = 0; i < other.weights.length; i++) {
      counts.merge(other.observations.get(i), factor * other.weights[i], Double::sum);
    }
    return of(counts);
  }

  /**
   * Every observation as often as it was made, equal ones together.
   *
   * @throws InvalidInputException if a weight is not a whole number
   */
  public List<Object> list() {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != Math.rint(weights[i])) {
        throw InvalidInputException.of(
            "An observation has the weight " + weights[i] + ", expected a whole number",
            "compute with weights, or say that the formula takes no fractions");
      }
      for (int times = 0; times < weights[i]; times++) {
        all.add(observations.get(i));
      }
    }
    return all;
  }

  /** One line with the number of observations and of distinct ones. */
  @Override
  public String toString() {
    return "ObservationTally[%s of %d kinds]".formatted(size, observations.size());
  }
}
