package dev.hone.datasets;

import dev.hone.data.Dataset;
import dev.hone.text.Plural;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The conversations of a dataset that were cut, and what became of the others. Immutable.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the labels
 */
public final class Truncation<I, O> {
  private final Dataset<I, O> dataset;
  private final int withoutTurns;
  private final int withoutEnd;
  private final Map<String, Integer> turnsBySpeaker;

  Truncation(
      Dataset<I, O> dataset,
      int withoutTurns,
      int withoutEnd,
      Map<String, Integer> turnsBySpeaker) {
    this.dataset = dataset;
    this.withoutTurns = withoutTurns;
    this.withoutEnd = withoutEnd;
    this.turnsBySpeaker = Collections.unmodifiableMap(new LinkedHashMap<>(turnsBySpeaker));
  }

  /** The examples that were made, in the order of their conversations. */
  public Dataset<I, O> dataset() {
    return dataset;
  }

  /** How many conversations were dropped, for want of turns or of a turn to end on. */
  public int dropped() {
    return withoutTurns + withoutEnd;
  }

  /** How many of those have no turns at all, such as blank ones. */
  public int withoutTurns() {
    return withoutTurns;
  }

  /** How many of those have turns, but none that the truncator may end on. */
  public int withoutEnd() {
    return withoutEnd;
  }

  /** The turns of all conversations by speaker, most first; one that is none shows here. */
  public Map<String, Integer> turnsBySpeaker() {
    return turnsBySpeaker;
  }

  /**
   * Such as {@code 388 of 400 conversations cut, 12 dropped; turns: Customer 1020, Support 990}.
   */
  @Override
  public String toString() {
    return "%d of %s cut, %d dropped; turns: %s"
        .formatted(
            dataset.size(),
            Plural.of((long) dataset.size() + dropped(), "conversation"),
            dropped(),
            speakers(turnsBySpeaker));
  }

  static String speakers(Map<String, Integer> turnsBySpeaker) {
    String first =
        turnsBySpeaker.entrySet().stream()
            .limit(10)
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return turnsBySpeaker.size() > 10 ? first + " and others" : first.isEmpty() ? "none" : first;
  }
}
