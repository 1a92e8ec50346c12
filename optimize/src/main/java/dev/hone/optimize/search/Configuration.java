package dev.hone.optimize.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One candidate per dimension of a search space.
 *
 * @param choices the candidates' indices, in the order of the dimensions
 */
public record Configuration(List<Integer> choices) {
  /** Copies the list. */
  public Configuration {
    choices = List.copyOf(choices);
  }

  /** A configuration of these indices. */
  public static Configuration of(int... choices) {
    return new Configuration(Arrays.stream(choices).boxed().toList());
  }

  /** The candidate chosen in a dimension. */
  public int choice(int dimension) {
    return choices.get(dimension);
  }

  /** A copy with another candidate in a dimension. */
  public Configuration with(int dimension, int choice) {
    List<Integer> changed = new ArrayList<>(choices);
    changed.set(dimension, choice);
    return new Configuration(changed);
  }
}
