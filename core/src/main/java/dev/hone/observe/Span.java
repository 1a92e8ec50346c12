package dev.hone.observe;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A piece of work that has a start and an end: a run, stage, trial, example, step or call.
 * Immutable.
 *
 * @param id unique in this process; 0 outside of any piece of work
 * @param parentId the piece of work that this is a part of; 0 for none
 * @param clock tells the time of its events
 */
public record Span(long id, long parentId, Clock clock) {
  private static final AtomicLong LAST_ID = new AtomicLong();

  /** Outside of any piece of work. */
  public static Span none(Clock clock) {
    return new Span(0, 0, clock);
  }

  /** A new piece of work that is a part of this one. */
  public Span child() {
    return new Span(LAST_ID.incrementAndGet(), id, clock);
  }

  /** The stamp of an event that happens to this piece of work now. */
  public EventStamp stamp() {
    return new EventStamp(id, parentId, clock.instant());
  }
}
