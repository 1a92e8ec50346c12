package dev.hone.optimize.search;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What a search is to solve.
 *
 * @param space the configurations
 * @param baseline the configuration that the program began with
 * @param strata a label per validation example; equal labels are alike, and minibatches hold them
 *     in proportion. Its size is the number of examples
 * @param promptSize how much a configuration adds to the prompt; of equal scores the smaller wins
 */
public record SearchProblem(
    SearchSpace space,
    Configuration baseline,
    List<String> strata,
    ToDoubleFunction<Configuration> promptSize) {
  /** Copies the strata and checks that there are examples. */
  public SearchProblem {
    strata = List.copyOf(strata);
    if (strata.isEmpty()) {
      throw InvalidInputException.of(
          "The validation set is empty", "pass more examples, or a valset");
    }
    if (baseline.choices().size() != space.dimensions().size()) {
      throw new IllegalArgumentException("baseline has another number of dimensions than space");
    }
    for (int d = 0; d < space.dimensions().size(); d++) {
      Objects.checkIndex(baseline.choice(d), space.dimensions().get(d).choices());
    }
  }

  /** The number of validation examples; they are known by index, 0 to this - 1. */
  public int exampleCount() {
    return strata.size();
  }
}
