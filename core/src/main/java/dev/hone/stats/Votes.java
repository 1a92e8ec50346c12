package dev.hone.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts votes by equality of what is voted for. The winner is what most voted for; of equally
 * frequent ones the one that was voted for first. Not thread-safe.
 *
 * @param <T> what is voted for
 */
public final class Votes<T> {
  private final Map<T, Integer> counts = new LinkedHashMap<>();

  /** No votes as yet. */
  public Votes() {}

  /** The winner among some votes; empty for no votes. */
  public static <T> Optional<T> winner(List<T> votes) {
    Votes<T> counted = new Votes<>();
    votes.forEach(counted::add);
    return counted.winner();
  }

  /** Adds a vote. */
  public void add(T vote) {
    counts.merge(vote, 1, Integer::sum);
  }

  /** The winner so far; empty before the first vote. */
  public Optional<T> winner() {
    T best = null;
    int most = 0;
    for (Map.Entry<T, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        best = entry.getKey();
        most = entry.getValue();
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Whether the winner is the same whatever a number of further votes say.
   *
   * @param left the most votes that may follow
   */
  public boolean isDecided(int left) {
    T best = winner().orElse(null);
    if (best == null) {
      return left == 0;
    }
    int most = counts.getOrDefault(best, 0);
    boolean after = false;
    for (Map.Entry<T, Integer> entry : counts.entrySet()) {
      if (entry.getKey().equals(best)) {
        after = true;
      } else if (entry.getValue() + left >= (after ? most + 1 : most)) {
        return false;
      }
    }
    return most >= left;
  }

  /** The number of votes for each, in the order in which they were first voted for; read-only. */
  public Map<T, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** One line, such as {@code Votes[{red=2, blue=1}]}. */
  @Override
  public String toString() {
    return "Votes[" + counts + "]";
  }
}
