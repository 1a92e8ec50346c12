package dev.hone.testkit;

import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model that takes its time, as one behind a network does: the calling thread sleeps, and so
 * needs no processor. Counts how many calls are in flight. Thread-safe.
 */
public final class SlowModel extends ForwardingLanguageModel {
  private final Duration latency;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();

  private SlowModel(LanguageModel model, Duration latency) {
    super(model);
    this.latency = latency;
  }

  /** A model that delays every call by a latency and then answers as another one. */
  public static SlowModel of(LanguageModel model, Duration latency) {
    return new SlowModel(model, latency);
  }

  @Override
  public LmResponse call(LmRequest request) {
    calls.incrementAndGet();
    int now = inFlight.incrementAndGet();
    maxInFlight.accumulateAndGet(now, Math::max);
    try {
      Thread.sleep(latency.toMillis());
      return super.call(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while " + id() + " took its time", e);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  /** How often it was called. */
  public int calls() {
    return calls.get();
  }

  /** The calls that are in flight. */
  public int inFlight() {
    return inFlight.get();
  }

  /** The most calls that were in flight at once. */
  public int maxInFlight() {
    return maxInFlight.get();
  }
}
