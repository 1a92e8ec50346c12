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
 * The spans of the work that is under way, by its ids. What has no piece of work around it is a
 * child of the span that is current on the thread. Thread-safe.
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
    Span parent = open.get(stamp.parentId());
    Context context = Context.current();
    Span span =
        tracer
            .spanBuilder(name)
            .setSpanKind(kind)
            .setParent(parent == null ? context : context.with(parent))
            .setStartTimestamp(stamp.time())
            .setAllAttributes(attributes)
            .startSpan();
    open.put(stamp.id(), span);
  }

  void end(EventStamp stamp, Attributes attributes, @Nullable Throwable error) {
    Span span = open.remove(stamp.id());
    if (span == null) {
      return;
    }
    span.setAllAttributes(attributes);
    if (error != null) {
      span.setAttribute(GenAi.ERROR_TYPE, error.getClass().getSimpleName());
      span.setStatus(StatusCode.ERROR);
    }
    span.end(stamp.time());
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
