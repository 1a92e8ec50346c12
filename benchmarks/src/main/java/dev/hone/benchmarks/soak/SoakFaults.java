package dev.hone.benchmarks.soak;

import dev.hone.modelserver.FaultPlan;
import dev.hone.modelserver.ReceivedCall;
import dev.hone.modelserver.WireFault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every fault that the server knows, as a share of all attempts, the refusals four times as often
 * as the others; notes what each call met, and says which end of a call is right for it.
 * Thread-safe.
 */
final class SoakFaults implements FaultPlan {
  private static final String NONE = "no fault";

  private final double share;
  private final FaultPlan plan;
  private final Map<WireFault, String> names = new LinkedHashMap<>();
  private final Map<String, String> ends = new LinkedHashMap<>();
  private final ConcurrentMap<String, String> lastByText = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();

  SoakFaults(double share, Duration replyTimeout) {
    this.share = share;
    WireFault busy = fault("status 429", WireFault.status(429), "RateLimited");
    WireFault busyFor =
        fault(
            "status 429 with a wait",
            WireFault.status(429).retryAfter(Duration.ofSeconds(1)),
            "RateLimited");
    plan =
        FaultPlan.share(
            share,
            7,
            busy,
            busy,
            busyFor,
            busyFor,
            fault("status 500", WireFault.status(500), "Unavailable"),
            fault("status 503", WireFault.status(503), "Unavailable"),
            fault("status 400", WireFault.status(400), "InvalidRequest"),
            fault("status 401", WireFault.status(401), "Unauthorized"),
            fault("slow", WireFault.slow(replyTimeout.plusSeconds(1)), "TimedOut"),
            fault("cut off", WireFault.cutOff(), "Unavailable"),
            fault("half a body", WireFault.half(), "Unavailable"),
            fault("broken JSON", WireFault.brokenJson(), "Unavailable"),
            fault("empty body", WireFault.emptyBody(), "Unavailable"),
            fault("a page of HTML", WireFault.wrongContentType(), "InvalidRequest"),
            fault("another model's name", WireFault.wrongModel(), "reply"));
    ends.put(NONE, "reply");
  }

  private WireFault fault(String name, WireFault fault, String end) {
    names.put(fault, name);
    ends.put(name, end);
    return fault;
  }

  double share() {
    return share;
  }

  /** The attempts that were refused, which a budget does not count. */
  int refused() {
    return refused.get();
  }

  @Override
  public WireFault of(ReceivedCall call) {
    WireFault fault = plan.of(call);
    String name = names.getOrDefault(fault, NONE);
    if (name.startsWith("status 429")) {
      refused.incrementAndGet();
    }
    lastByText.put(call.text(), name);
    return fault;
  }

  /** What a call ended with, and the fault that its last attempt met; begins with WRONG if so. */
  String judge(String text, String end) {
    String last = lastByText.getOrDefault(text, "nothing at all");
    boolean tooSlow = last.equals(NONE) && end.equals("TimedOut");
    boolean right = tooSlow || List.of(end).contains(ends.get(last));
    return (right ? "" : "WRONG: ") + end + " after " + last;
  }
}
