package dev.hone.benchmarks.soak;

import dev.hone.context.CallListener;
import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.context.SpendMeter;
import dev.hone.observe.Event;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the client counts: calls and tokens, and what was reserved for attempts that were given up,
 * which a budget counts though nobody knows what they cost. Thread-safe.
 */
final class SoakBooks implements CallListener {
  private final SpendMeter meter = new SpendMeter();
  private final Map<Long, Long> reservedByAttempt = new ConcurrentHashMap<>();
  private final AtomicLong givenUpTokens = new AtomicLong();

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    meter.onEvent(event, metadata);
    if (event instanceof LmEvent.AttemptStarted started) {
      reservedByAttempt.put(started.stamp().id(), started.reserved().totalTokens());
    } else if (event instanceof LmEvent.AttemptAnswered answered) {
      reservedByAttempt.remove(answered.stamp().id());
    } else if (event instanceof LmEvent.AttemptFailed failed) {
      Long reserved = reservedByAttempt.remove(failed.stamp().id());
      if (reserved != null && !failed.spend().usage().known()) {
        givenUpTokens.addAndGet(reserved);
      }
    }
  }

  Spend total() {
    return meter.total();
  }

  long givenUpTokens() {
    return givenUpTokens.get();
  }
}
