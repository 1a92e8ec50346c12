package dev.hone.optimize.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All configurations: one candidate per dimension.
 *
 * @param dimensions what is chosen, in order; may be empty, then there is one configuration
 */
public record SearchSpace(List<Dimension> dimensions) {
  /** Copies the list. */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
  }

  /** The number of configurations; {@link Long#MAX_VALUE} if there are more. */
  public long size() {
    long size = 1;
    for (Dimension dimension : dimensions) {
      if (size > Long.MAX_VALUE / dimension.choices()) {
        return Long.MAX_VALUE;
      }
      size *= dimension.choices();
    }
    return size;
  }

  /** The configuration at a position of the lexicographic order, 0 to {@link #size()} - 1. */
  public Configuration at(long position) {
    int[] choices = new int[dimensions.size()];
    long rest = position;
    for (int d = choices.length - 1; d >= 0; d--) {
      int count = dimensions.get(d).choices();
      choices[d] = (int) (rest % count);
      rest /= count;
    }
    return Configuration.of(choices);
  }

  /**
   * A configuration by the names of what is chosen, such as {@code classify.instructions} and
   * {@code classify.demos}, in the order of the dimensions; read-only.
   */
  public Map<String, Integer> named(Configuration configuration) {
    Map<String, Integer> choices = new LinkedHashMap<>();
    for (int d = 0; d < dimensions.size(); d++) {
      choices.put(dimensions.get(d).name(), configuration.choice(d));
    }
    return Collections.unmodifiableMap(choices);
  }

  /** The configurations that differ from one in a single choice, dimension by dimension. */
  public List<Configuration> neighbours(Configuration center) {
    List<Configuration> neighbours = new ArrayList<>();
    for (int d = 0; d < dimensions.size(); d++) {
      for (int choice = 0; choice < dimensions.get(d).choices(); choice++) {
        if (choice != center.choice(d)) {
          neighbours.add(center.with(d, choice));
        }
      }
    }
    return neighbours;
  }
}
