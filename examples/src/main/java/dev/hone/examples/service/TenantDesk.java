package dev.hone.examples.service;

import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.context.SpendMeter;
import dev.hone.history.History;
import dev.hone.observe.Event;
import dev.hone.program.Program;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * All that is kept for one tenant: its context, with its model and credential, its program, its
 * rules, its history. A request gets a context of its own, derived from that of its tenant; the
 * pipeline of the model stays, and with it cache and limit on calls. Thread-safe.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
final class TenantDesk<I, O> {
  static final String TENANT = "tenant_id";
  static final String REQUEST = "request_id";

  private final Tenant tenant;
  private final TenantArtifact<I, O> artifact;
  private final History history;
  private final SpendMeter meter = new SpendMeter();
  private final LongAdder failed = new LongAdder();
  private final Context context;

  /**
   * The desk of a tenant.
   *
   * @param shared the model, and what holds for all tenants
   */
  TenantDesk(Tenant tenant, Program<I, O> program, Context shared, History history) {
    this.tenant = tenant;
    this.history = history;
    this.artifact = new TenantArtifact<>(program, tenant.artifact());
    this.context =
        shared.toBuilder()
            .metadata(TENANT, tenant.id())
            .isolateCacheBy(TENANT)
            .interceptor(new TenantRules(tenant, System::nanoTime))
            .listener(history)
            .listener(meter)
            .listener(this::countFailed)
            .build();
  }

  private void countFailed(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallFailed) {
      failed.increment();
    }
  }

  Tenant tenant() {
    return tenant;
  }

  /** Runs the tenant's program for one request. */
  O run(String requestId, I input) {
    return context.toBuilder()
        .metadata(REQUEST, requestId)
        .build()
        .call(() -> artifact.current().run(input));
  }

  /** The last calls of this tenant. */
  History history() {
    return history;
  }

  /** What the calls of this tenant cost. */
  Spend spend() {
    return meter.total();
  }

  /** The calls of this tenant that failed or were vetoed. */
  long failed() {
    return failed.sum();
  }
}
