package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of a task, and the trials that MIPROv2's presets give it: light has 6 candidates and 100
 * examples, medium 12 and 300, heavy 18 and 1,000; half as many instructions as candidates.
 */
enum SurfaceShape {
  LIGHT_1(1, 6, 100),
  MEDIUM_1(1, 12, 300),
  HEAVY_1(1, 18, 1000),
  LIGHT_2(2, 6, 100),
  MEDIUM_2(2, 12, 300),
  LIGHT_3(3, 6, 100);

  private final int predictors;
  private final int candidates;
  private final int examples;

  SurfaceShape(int predictors, int candidates, int examples) {
    this.predictors = predictors;
    this.candidates = candidates;
    this.examples = examples;
  }

  int predictors() {
    return predictors;
  }

  int examples() {
    return examples;
  }

  /** What the reference evaluates. */
  ReferenceSchedule schedule() {
    return ReferenceSchedule.of(2 * predictors, candidates, examples);
  }

  SearchSpace space() {
    List<Dimension> dimensions = new ArrayList<>();
    for (int predictor = 0; predictor < predictors; predictor++) {
      String name = "predictor" + predictor;
      dimensions.add(new Dimension(name, Dimension.Part.INSTRUCTIONS, candidates / 2));
      dimensions.add(new Dimension(name, Dimension.Part.DEMOS, candidates));
    }
    return new SearchSpace(dimensions);
  }
}
