package dev.hone.opentelemetry;

import dev.hone.observe.EventStamp;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The spans of the work that is under way, by its ids. Each is a child of the nearest piece of work
 * around it that has a span, which an agent or a rollout has not; where there is none, of the span
 * that is current on the thread. Thread-safe.
 */
final class SpanTree {
  /** More pieces of work under way than this are not traced, so that no memory is lost to them. */
  private static final int MOST = 100_000;

  private final Tracer tracer;
  private final ConcurrentMap<Long, Span> open = new ConcurrentHashMap<>();

  SpanTree(Tracer tracer) {
    this.tracer = tracer;
  }

  void start(EventStamp stamp, String name, SpanKind kind, Attributes attributes) {
    if (open.size() >= MOST) {
      return;
    }
    Span span =
        tracer
            .spanBuilder(name)
            .setSpanKind(kind)
            .setParent(around(stamp))
            .setStartTimestamp(stamp.time())
            .setAllAttributes(attributes)
            .startSpan();
    open.put(stamp.id(), span);
  }

  private Context around(EventStamp stamp) {
    return stamp
        .nearest(open::get)
        .map(span -> Context.current().with(span))
        .orElseGet(Context::current);
  }

  void end(EventStamp stamp, Attributes attributes, @Nullable Throwable error) {
    endAs(stamp, attributes, error == null ? null : error.getClass().getSimpleName());
  }

  /**
   * Ends a piece of work.
   *
   * @param errorType what went wrong, in a word; null if nothing did
   */
  void endAs(EventStamp stamp, Attributes attributes, @Nullable String errorType) {
    Span span = open.remove(stamp.id());
    if (span == null) {
      return;
    }
    span.setAllAttributes(attributes);
    if (errorType != null) {
      span.setAttribute(GenAi.ERROR_TYPE, errorType);
      span.setStatus(StatusCode.ERROR);
    }
    span.end(stamp.time());
  }

  boolean isOpen(long id) {
    return open.containsKey(id);
  }

  /** Something that happens to a piece of work, at a time. */
  void note(long id, String name, EventStamp stamp, Attributes attributes) {
    Span span = open.get(id);
    if (span != null) {
      span.addEvent(name, attributes, stamp.time());
    }
  }

  /** The context of a piece of work, for exemplars of metrics. */
  Context context(long id) {
    Span span = open.get(id);
    return span == null ? Context.current() : Context.current().with(span);
  }

  int size() {
    return open.size();
  }
}
