package dev.hone.adapter;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stretch of a reply that may be its answer. Its values are read when they are first asked for,
 * since a reply may hold very many candidates. Not thread-safe.
 */
final class Candidate {
  /** Which question is answered: the best first. */
  enum Asked {
    /** This one: none is repeated before it, or this one is. */
    THIS,
    /** Another is before it, but an answer to that too. */
    UNCLEAR,
    /** Another: a next sample, or one whose input was repeated in other words. */
    OTHER,
    /** That of an example in the prompt. */
    EXAMPLE
  }

  /** What a candidate's values are read by; they may not fit. */
  interface Values {
    /** The values. */
    ObjectNode read();
  }

  private final int start;
  private final int end;
  private final Asked asked;
  private final boolean anew;
  private final Values unread;
  private @Nullable ObjectNode values;
  private @Nullable ReplyFormatException problem;

  /**
   * A candidate.
   *
   * @param start where it begins
   * @param end the index after it
   * @param asked which question it answers, as far as that can be told
   * @param anew whether a question stands right before it
   * @param values what reads its values
   */
  Candidate(int start, int end, Asked asked, boolean anew, Values values) {
    this.start = start;
    this.end = end;
    this.asked = asked;
    this.anew = anew;
    this.unread = values;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  Asked asked() {
    return asked;
  }

  boolean anew() {
    return anew;
  }

  /** Its values; null if they do not fit. */
  @Nullable ObjectNode values() {
    if (values == null && problem == null) {
      try {
        values = unread.read();
      } catch (ReplyFormatException e) {
        problem = e;
      }
    }
    return values;
  }

  /**
   * Its values, if they fit.
   *
   * @throws ReplyFormatException why they do not
   */
  ObjectNode fitting() {
    ObjectNode found = values();
    if (found == null) {
      throw problem == null ? new ReplyFormatException("", "The reply has no values.") : problem;
    }
    return found;
  }
}
