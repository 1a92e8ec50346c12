package dev.hone.optimize.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The tree-structured Parzen estimator on its own, for choosing among categories by the values that
 * earlier choices brought. A choice may be suggested again. Not thread-safe.
 */
public final class CategoricalTpe {
  private final SearchSpace space;
  private final TpeSettings settings = TpeSettings.defaults();
  private final List<Observation> observations = new ArrayList<>();
  private final Set<Configuration> pending = new LinkedHashSet<>();

  /**
   * An estimator over so many categories per dimension.
   *
   * @param choices the number of categories of each dimension, at least 1 each
   */
  public CategoricalTpe(List<Integer> choices) {
    this.space =
        new SearchSpace(
            choices.stream()
                .map(count -> new Dimension("", Dimension.Part.INSTRUCTIONS, count))
                .toList());
  }

  /** Takes what an earlier choice brought; higher is better. */
  public void tell(List<Integer> choice, double value) {
    observations.add(new Observation(new Configuration(choice), value));
  }

  /**
   * Suggests a choice: a joint sample of the better group's density, the most promising of several.
   * Without observations it is uniform.
   */
  public List<Integer> suggest(RandomGenerator random) {
    TpeModel model = TpeModel.of(space, observations, pending, settings);
    int[] drawn = new int[space.dimensions().size()];
    Configuration best = null;
    double promise = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < settings.candidates(); i++) {
      model.sample(random, drawn);
      double acquisition = model.acquisition(drawn);
      if (best == null || acquisition > promise) {
        best = Configuration.of(drawn);
        promise = acquisition;
      }
    }
    Configuration chosen = best == null ? space.at(0) : best;
    pending.add(chosen);
    return chosen.choices();
  }
}
