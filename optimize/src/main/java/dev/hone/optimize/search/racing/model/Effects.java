package dev.hone.optimize.search.racing.model;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The effects that configurations share: one per choice of each dimension and, when several
 * predictors have two dimensions or more, one per pair of choices within a predictor. A family is
 * what shares one variance: a dimension, or all the pairs.
 */
public final class Effects {
  private static final int MOST_PAIRS = 160;

  private final List<Dimension> dimensions;
  private final int[] offset;
  private final int[] partner;
  private final int[] pairOffset;
  private final int mainCount;
  private final int count;

  /** The effects of a space. */
  public Effects(SearchSpace space) {
    dimensions = space.dimensions();
    offset = new int[dimensions.size()];
    int next = 0;
    for (int d = 0; d < offset.length; d++) {
      offset[d] = next;
      next += dimensions.get(d).choices();
    }
    mainCount = next;
    partner = partners(dimensions);
    pairOffset = new int[offset.length];
    for (int d = 0; d < offset.length; d++) {
      if (partner[d] >= 0) {
        pairOffset[d] = next;
        next += dimensions.get(d).choices() * dimensions.get(partner[d]).choices();
      }
    }
    count = next - mainCount > MOST_PAIRS ? mainCount : next;
  }

  /** For the last dimension of each predictor its neighbour before it; -1 for all others. */
  private static int[] partners(List<Dimension> dimensions) {
    Map<String, Integer> last = new LinkedHashMap<>();
    int[] partner = new int[dimensions.size()];
    for (int d = 0; d < partner.length; d++) {
      Integer before = last.put(dimensions.get(d).predictor(), d);
      partner[d] = before == null ? -1 : before;
    }
    if (last.size() < 2) {
      Arrays.fill(partner, -1);
    }
    return partner;
  }

  /** The number of effects. */
  public int count() {
    return count;
  }

  /** The number of families; the pairs are the last, whether there are any or not. */
  public int families() {
    return dimensions.size() + 1;
  }

  /** Whether pairs of choices have effects of their own. */
  public boolean hasPairs() {
    return count > mainCount;
  }

  /** The family of an effect. */
  public int family(int effect) {
    if (effect >= mainCount) {
      return dimensions.size();
    }
    int d = dimensions.size() - 1;
    while (offset[d] > effect) {
      d--;
    }
    return d;
  }

  /** The effects that make up a configuration. */
  public int[] of(Configuration configuration) {
    int[] choices = configuration.choices().stream().mapToInt(Integer::intValue).toArray();
    int pairs = 0;
    for (int d = 0; hasPairs() && d < choices.length; d++) {
      pairs += partner[d] >= 0 ? 1 : 0;
    }
    int[] effects = new int[choices.length + pairs];
    int next = choices.length;
    for (int d = 0; d < choices.length; d++) {
      effects[d] = offset[d] + choices[d];
      if (hasPairs() && partner[d] >= 0) {
        effects[next++] =
            pairOffset[d] + choices[partner[d]] * dimensions.get(d).choices() + choices[d];
      }
    }
    return effects;
  }
}
