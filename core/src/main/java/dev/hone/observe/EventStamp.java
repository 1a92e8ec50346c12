package dev.hone.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which piece of work an event belongs to, and when it happened. The start and the end of one piece
 * of work have the same id.
 *
 * @param id the piece of work, unique in this process; 0 for none
 * @param around the pieces of work that it is a part of, the nearest first; empty for none. Some of
 *     them, such as the rollouts of a majority, have no events of their own
 * @param time when it happened, by the clock of the context
 */
public record EventStamp(long id, List<Long> around, Instant time) {
  /** Copies the list. */
  public EventStamp {
    around = List.copyOf(around);
  }

  /**
   * A stamp that names the nearest piece of work around only.
   *
   * @param parentId the piece of work that it is a part of; 0 for none
   */
  public EventStamp(long id, long parentId, Instant time) {
    this(id, Span.nearest(parentId), time);
  }

  /**
   * What a listener keeps of the nearest piece of work around of which it keeps anything.
   *
   * @param kept by the id; null for none
   */
  public <T> Optional<T> nearest(Function<? super Long, ? extends @Nullable T> kept) {
    for (Long each : around) {
      T found = kept.apply(each);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** The piece of work that it is a part of; 0 for none. */
  public long parentId() {
    return around.isEmpty() ? 0 : around.get(0);
  }
}
