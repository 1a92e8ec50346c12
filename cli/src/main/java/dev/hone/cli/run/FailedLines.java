package dev.hone.cli.run;

import dev.hone.batch.BatchEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The lines of the first rows of a file that got no answer. Thread-safe. */
final class FailedLines implements EventListener {
  /** As many as a line can show; rows end out of order, so a few more are kept. */
  private static final int KEPT = 100;

  private final TreeSet<Integer> lines = new TreeSet<>();

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof BatchEvent.RowFinished finished && finished.row().error().isPresent()) {
      lines.add(finished.row().line());
      if (lines.size() > KEPT) {
        lines.pollLast();
      }
    }
  }

  /** The first ones, in order. */
  synchronized List<Integer> first(int count) {
    return lines.stream().limit(count).toList();
  }
}
