package dev.hone.observe;

import java.util.Optional;

/**
 * Something that happened while Hone worked. Only Hone makes events. The packages that emit them
 * group them in families, such as {@code LmEvent} and {@code EvaluationEvent}, each with a visitor
 * that has a default, so that one more event breaks no listener.
 */
public interface Event {
  /** Which piece of work it belongs to, and when it happened. */
  EventStamp stamp();

  /**
   * What to show to people who wait, in a phrase of at most about 40 characters; empty for what is
   * not worth a line. Default: empty.
   */
  default Optional<String> headline() {
    return Optional.empty();
  }

  /**
   * Whether the headline only counts on, such as one per example: it is then shown beside the last
   * other one on a terminal, and nowhere else. Default: false.
   */
  default boolean isCount() {
    return false;
  }

  /**
   * What a log of all that happens shows, in a line of any length; empty for what is not worth one.
   * Default: the headline, unless it only counts on.
   */
  default Optional<String> logLine() {
    return isCount() ? Optional.empty() : headline();
  }
}
