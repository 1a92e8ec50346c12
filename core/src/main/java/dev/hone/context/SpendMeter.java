package dev.hone.context;

import dev.hone.lm.LmUsage;
import dev.hone.observe.Event;
import java.util.Map;

/** Adds up what the calls of a context cost. Thread-safe. */
public final class SpendMeter implements CallListener {
  private Spend total = Spend.NONE;

  /** A meter at zero. */
  public SpendMeter() {}

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallAnswered answered) {
      boolean cached = answered.response().cached();
      total = total.plus(Spend.of(cached ? 0 : 1, cached ? 1 : 0, answered.response().usage()));
    } else if (event instanceof LmEvent.AttemptFailed) {
      total = total.plus(Spend.of(1, 0, LmUsage.NONE));
    }
  }

  /** What was spent so far. */
  public synchronized Spend total() {
    return total;
  }
}
