package dev.hone.context;

import dev.hone.observe.Event;
import java.util.Map;

/** Adds up what the calls of a context cost. Thread-safe. */
public final class SpendMeter implements CallListener {
  private Spend total = Spend.NONE;

  /** A meter at zero. */
  public SpendMeter() {}

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent call) {
      total = total.plus(call.spend());
    }
  }

  /** What was spent so far. */
  public synchronized Spend total() {
    return total;
  }
}
