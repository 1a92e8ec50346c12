package dev.hone.optimize.search.tpe;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.schedule.Observation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The tree-structured Parzen estimator on its own, for choosing among categories by the values that
 * earlier choices had. A choice may be suggested again. Not thread-safe.
 */
public final class CategoricalTpe {
  private final SearchSpace space;
  private final TpeSettings settings = TpeSettings.DEFAULTS;
  private final List<Observation> observations = new ArrayList<>();

  /**
   * An estimator over some categories per dimension.
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

  /** Takes the value of an earlier choice; higher is better. */
  public void tell(List<Integer> choice, double value) {
    observations.add(new Observation(new Configuration(choice), value));
  }

  /**
   * Suggests a number of choices: joint samples of the better group's density, each the most
   * promising of several; the earlier ones of the same call count as bad, so that they spread out.
   * Without observations they are uniform.
   */
  public List<List<Integer>> suggest(int count, RandomGenerator random) {
    Set<Configuration> pending = new LinkedHashSet<>();
    List<List<Integer>> suggestions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Configuration chosen = best(TpeModel.of(space, observations, pending, settings), random);
      pending.add(chosen);
      suggestions.add(chosen.choices());
    }
    return suggestions;
  }

  private Configuration best(TpeModel model, RandomGenerator random) {
    int[] drawn = new int[space.dimensions().size()];
    Configuration best = space.at(0);
    double promise = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < settings.candidates(); i++) {
      model.sample(random, drawn);
      double acquisition = model.acquisition(drawn);
      if (acquisition > promise) {
        best = Configuration.of(drawn);
        promise = acquisition;
      }
    }
    return best;
  }
}
