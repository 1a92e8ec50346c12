package dev.hone.cli.optimize;

import dev.hone.context.LmEvent;
import dev.hone.lm.LmUsage;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.price.PriceTable;
import java.time.Duration;
import java.util.Map;

/**
 * What a test would cost if nothing of it were cached: listens to it. Tokens of a cached reply are
 * those that were paid for when it was made. Thread-safe.
 */
final class TestCost implements EventListener {
  private final PriceTable prices;
  private final boolean batched;
  private long calls;
  private long tokens;
  private double usd;
  private Duration time = Duration.ZERO;

  /**
   * Nothing so far.
   *
   * @param batched whether models are asked at the price of batches
   */
  TestCost(PriceTable prices, boolean batched) {
    this.prices = prices;
    this.batched = batched;
  }

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallAnswered answered) {
      LmUsage usage = answered.response().paidUsage();
      calls++;
      tokens += usage.totalTokens();
      double factor = batched ? prices.batchFactor(answered.modelId()) : 1;
      usd += factor * prices.cost(answered.modelId(), usage).leastUsd().doubleValue();
    }
  }

  /** Says how long it took. */
  synchronized void took(Duration value) {
    time = value;
  }

  synchronized long calls() {
    return calls;
  }

  synchronized long tokens() {
    return tokens;
  }

  synchronized double usd() {
    return usd;
  }

  synchronized Duration time() {
    return time;
  }
}
