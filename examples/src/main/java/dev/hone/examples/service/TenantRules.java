package dev.hone.examples.service;

import dev.hone.context.Interceptor;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Vetoes calls of a tenant whose text holds what it has blocked, or beyond its calls of a minute.
 * Looks at the last message, the input, so that instructions and demos may name what they forbid.
 * Thread-safe.
 */
final class TenantRules implements Interceptor {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Tenant tenant;
  private final LongSupplier nanoTime;
  private long minuteBegan;
  private int calls;

  TenantRules(Tenant tenant, LongSupplier nanoTime) {
    this.tenant = tenant;
    this.nanoTime = nanoTime;
    this.minuteBegan = nanoTime.getAsLong();
  }

  @Override
  public void beforeCall(LmRequest request, Map<String, String> metadata) {
    List<LmMessage> messages = request.messages();
    if (tenant.blocked().matcher(messages.get(messages.size() - 1).text()).find()) {
      throw new LmException.Vetoed("The input holds what this tenant has blocked", null);
    }
    countCall();
  }

  private synchronized void countCall() {
    long now = nanoTime.getAsLong();
    if (now - minuteBegan >= MINUTE_NANOS) {
      minuteBegan = now;
      calls = 0;
    }
    if (calls >= tenant.callsPerMinute()) {
      throw new LmException.Vetoed(
          "This tenant has made its %d calls of the minute".formatted(calls), null);
    }
    calls++;
  }
}
