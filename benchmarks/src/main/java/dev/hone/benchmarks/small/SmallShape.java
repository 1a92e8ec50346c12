package dev.hone.benchmarks.small;

import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of a search space.
 *
 * @param predictors predictors, each with its own candidates
 * @param instructions instructions of each
 * @param demoSets demo sets of each, the empty one included
 */
record SmallShape(int predictors, int instructions, int demoSets) {
  SearchSpace space() {
    List<Dimension> dimensions = new ArrayList<>();
    for (int predictor = 0; predictor < predictors; predictor++) {
      String name = "predictor" + predictor;
      dimensions.add(new Dimension(name, Dimension.Part.INSTRUCTIONS, instructions));
      dimensions.add(new Dimension(name, Dimension.Part.DEMOS, demoSets));
    }
    return new SearchSpace(dimensions);
  }
}
