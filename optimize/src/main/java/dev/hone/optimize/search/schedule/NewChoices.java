package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The choices by which a space grew, dealt out one per trial and dimension, so that none of them is
 * passed over. Not thread-safe.
 */
final class NewChoices {
  private final SearchSpace before;
  private final SearchSpace after;
  private int dealt;

  /** The choices that one space has more than the other, of the same dimensions. */
  NewChoices(SearchSpace before, SearchSpace after) {
    this.before = before;
    this.after = after;
  }

  /** No choices. */
  static NewChoices none(SearchSpace space) {
    return new NewChoices(space, space);
  }

  /**
   * A suggestion with the next new choice of each dimension that has one left. It is open, as
   * nothing with a new choice was tried, and no two of them are equal.
   */
  Configuration dealtInto(Configuration suggested) {
    List<Integer> choices = new ArrayList<>(suggested.choices());
    for (int d = 0; d < choices.size(); d++) {
      int next = before.dimensions().get(d).choices() + dealt;
      if (next < after.dimensions().get(d).choices()) {
        choices.set(d, next);
      }
    }
    dealt++;
    return new Configuration(choices);
  }
}
