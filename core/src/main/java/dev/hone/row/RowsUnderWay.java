package dev.hone.row;

import dev.hone.lm.LmException;
import dev.hone.text.Excerpt;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The rows of a run that are under way, so that after an interrupt those that do not end can be
 * named. Thread-safe.
 */
public final class RowsUnderWay {
  private static final int MOST_NAMED = 3;
  private static final int SHOWN_CHARACTERS = 100;

  private final String noun;
  private final boolean single;
  private final Map<Long, Object> inputs = new ConcurrentSkipListMap<>();

  /**
   * None yet.
   *
   * @param noun what a row is called, such as {@code example}
   * @param single whether there is but one, which then needs no number
   */
  public RowsUnderWay(String noun, boolean single) {
    this.noun = noun;
    this.single = single;
  }

  /**
   * Works on a row, which is under way meanwhile.
   *
   * @param number the number of the row, counted from 1
   */
  public <R> R work(long number, Object input, Supplier<R> work) {
    inputs.put(number, input);
    try {
      return work.get();
    } finally {
      inputs.remove(number);
    }
  }

  /**
   * The interrupt of a run, of which the thread stays interrupted; names the rows under way, which
   * are left behind.
   *
   * @param found what was found by then, in a sentence
   * @param culprits what may ignore interrupts, such as {@code the program or the metric}
   */
  public LmException.Interrupted interrupted(
      String found, String culprits, LmException.Interrupted cause) {
    Thread.currentThread().interrupt();
    Map<Long, Object> lost = Map.copyOf(inputs);
    return new LmException.Interrupted(
        lost.isEmpty() ? found : found + stillRunning(lost, culprits), cause);
  }

  private String stillRunning(Map<Long, Object> lost, String culprits) {
    List<Long> numbers = lost.keySet().stream().sorted().toList();
    String named =
        numbers.stream()
            .limit(MOST_NAMED)
            .map(number -> name(number, lost.get(number)))
            .collect(Collectors.joining(", "));
    int more = lost.size() - MOST_NAMED;
    return " Still running, and left behind: %s%s. Maybe %s loops there, or a model ignores interrupts."
        .formatted(named, more > 0 ? " and " + more + " more" : "", culprits);
  }

  private String name(long number, Object input) {
    return "%s (%s)"
        .formatted(
            single ? "the " + noun : noun + " " + number,
            Excerpt.ofLine(RowText.of(input), SHOWN_CHARACTERS));
  }
}
