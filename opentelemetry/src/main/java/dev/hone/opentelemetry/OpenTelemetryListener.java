package dev.hone.opentelemetry;

import dev.hone.context.LmEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes spans and metrics of what Hone does, by OpenTelemetry's conventions for generative AI: a
 * span for each run, stage, trial, evaluation, example, batch, row, predictor, tool and model call,
 * each within what it is a part of, and all within the span that is current where Hone is called,
 * which is current on the threads that Hone works on, too. Metrics: how long model calls take, and
 * their tokens.
 *
 * <pre>{@code
 * Context context = Context.builder().lm(model)
 *     .listener(OpenTelemetryListener.of(openTelemetry)).build();
 * }</pre>
 *
 * <p>Prompts, replies and examples are left out, as they may be private; {@link #withContent} adds
 * prompts and replies of calls. Metadata of contexts is left out, too. Thread-safe. Cost: no model
 * calls; some microseconds an event.
 */
public final class OpenTelemetryListener implements EventListener {
  private static final String SCOPE = "dev.hone";

  private final OpenTelemetry openTelemetry;
  private final SpanTree spans;
  private final CallSpans calls;
  private final WorkSpans work;

  private OpenTelemetryListener(OpenTelemetry openTelemetry, boolean content) {
    this.openTelemetry = openTelemetry;
    this.spans = new SpanTree(openTelemetry.getTracer(SCOPE));
    this.calls = new CallSpans(spans, openTelemetry.getMeter(SCOPE), content);
    this.work = new WorkSpans(spans);
  }

  /** A listener that leaves out what prompts and replies say. */
  public static OpenTelemetryListener of(OpenTelemetry openTelemetry) {
    return new OpenTelemetryListener(openTelemetry, false);
  }

  /**
   * A new listener that adds what was sent to models and what they replied to the spans of calls,
   * as JSON in {@link GenAi#INPUT_MESSAGES} and {@link GenAi#OUTPUT_MESSAGES}. Whoever reads the
   * traces reads these then.
   */
  public OpenTelemetryListener withContent() {
    return new OpenTelemetryListener(openTelemetry, true);
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent call) {
      call.accept(calls);
    } else {
      work.take(event);
    }
  }

  /** OpenTelemetry's context of this thread. */
  @Override
  public Supplier<? extends AutoCloseable> carried() {
    Context here = Context.current();
    return here::makeCurrent;
  }

  /** The pieces of work that are under way. */
  int open() {
    return spans.size();
  }
}
