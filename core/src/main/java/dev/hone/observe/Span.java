package dev.hone.observe;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A piece of work that has a start and an end: a run, stage, trial, example, step or call.
 * Immutable.
 *
 * @param id unique in this process; 0 outside of any piece of work
 * @param around the pieces of work that this is a part of, the nearest first; empty for none
 * @param clock tells the time of its events
 */
public record Span(long id, List<Long> around, Clock clock) {
  private static final AtomicLong LAST_ID = new AtomicLong();

  /** Copies the list. */
  public Span {
    around = List.copyOf(around);
  }

  /**
   * A piece of work of which only the nearest one around is known.
   *
   * @param parentId the piece of work that this is a part of; 0 for none
   */
  public Span(long id, long parentId, Clock clock) {
    this(id, nearest(parentId), clock);
  }

  static List<Long> nearest(long parentId) {
    return parentId == 0 ? List.of() : List.of(parentId);
  }

  /** Outside of any piece of work. */
  public static Span none(Clock clock) {
    return new Span(0, List.of(), clock);
  }

  /** The piece of work that this is a part of; 0 for none. */
  public long parentId() {
    return around.isEmpty() ? 0 : around.get(0);
  }

  /** A new piece of work that is a part of this one. */
  public Span child() {
    List<Long> aroundChild = new ArrayList<>(nearest(id));
    aroundChild.addAll(around);
    return new Span(LAST_ID.incrementAndGet(), aroundChild, clock);
  }

  /** The stamp of an event that happens to this piece of work now. */
  public EventStamp stamp() {
    return new EventStamp(id, around, clock.instant());
  }
}
