package dev.hone.optimize.search.tpe;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.schedule.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The two densities of the tree-structured Parzen estimator at one moment: the density of the
 * better configurations, and that of the rest.
 *
 * @param below the better group
 * @param above the rest
 */
record TpeModel(TpeDensity below, TpeDensity above) {
  /** The model after some observations; pending configurations count as bad ones, and as newest. */
  static TpeModel of(
      SearchSpace space,
      List<Observation> finished,
      Set<Configuration> pending,
      TpeSettings settings) {
    int[] choices = space.dimensions().stream().mapToInt(Dimension::choices).toArray();
    boolean[] isBelow = split(finished, settings.belowCount(finished.size()));
    List<Configuration> below = new ArrayList<>();
    List<Configuration> above = new ArrayList<>();
    for (int i = 0; i < isBelow.length; i++) {
      (isBelow[i] ? below : above).add(finished.get(i).configuration());
    }
    above.addAll(pending);
    return new TpeModel(TpeDensity.of(choices, below), TpeDensity.of(choices, above));
  }

  /** Marks a number of the best; of equal ones, the older. */
  static boolean[] split(List<Observation> finished, int belowCount) {
    boolean[] isBelow = new boolean[finished.size()];
    IntStream.range(0, isBelow.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -finished.get(i).value()))
        .limit(belowCount)
        .forEach(i -> isBelow[i] = true);
    return isBelow;
  }

  /** How promising a configuration is: log l - log g. */
  double acquisition(int[] configuration) {
    return below.log(configuration) - above.log(configuration);
  }

  /** Draws a configuration from the better group. */
  void sample(RandomGenerator random, int[] into) {
    below.sample(random, into);
  }
}
