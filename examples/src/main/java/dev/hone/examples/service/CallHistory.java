package dev.hone.examples.service;

import dev.hone.context.CallListener;
import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.lm.LmUsage;
import dev.hone.observe.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The last calls of one tenant, and what all of its calls cost. Thread-safe. */
final class CallHistory implements CallListener {
  private final int mostCalls;
  private final Deque<Entry> last = new ArrayDeque<>();
  private long calls;
  private long failed;
  private long cached;
  private LmUsage usage = LmUsage.NONE;

  /**
   * A call.
   *
   * @param metadata whose it was
   * @param request what was asked
   * @param reply what came, or why nothing did
   */
  record Entry(Map<String, String> metadata, String request, String reply) {}

  CallHistory(int mostCalls) {
    this.mostCalls = mostCalls;
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallAnswered answered) {
      add(answered, metadata, answered.response().text());
      count(answered.cached(), answered.response().usage());
    } else if (event instanceof LmEvent.CallFailed failure) {
      add(failure, metadata, "failed: " + failure.error().getMessage());
      countFailed();
    }
  }

  private synchronized void add(LmEvent event, Map<String, String> metadata, String reply) {
    if (last.size() == mostCalls) {
      last.removeFirst();
    }
    last.addLast(new Entry(metadata, event.request().toText(), reply));
  }

  private synchronized void count(boolean fromCache, LmUsage tokens) {
    if (fromCache) {
      cached++;
    } else {
      calls++;
      usage = usage.plus(tokens);
    }
  }

  private synchronized void countFailed() {
    failed++;
  }

  synchronized List<Entry> last() {
    return List.copyOf(last);
  }

  synchronized Spend spend() {
    return Spend.of(calls, cached, usage);
  }

  synchronized long failed() {
    return failed;
  }
}
