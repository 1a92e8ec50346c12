package dev.hone.observe;

/**
 * Something that happened while Hone worked. Only Hone makes events. The packages that emit them
 * group them in families, such as {@code LmEvent} and {@code EvaluationEvent}, each with a visitor
 * that has a default, so that one more event breaks no listener.
 */
public interface Event {
  /** Which piece of work it belongs to, and when it happened. */
  default EventStamp stamp() {
    return Span.none(java.time.Clock.systemUTC()).stamp();
  }
}
