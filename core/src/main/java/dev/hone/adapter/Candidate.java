package dev.hone.adapter;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stretch of a reply that may be its answer.
 *
 * @param start where it begins
 * @param end the index after it
 * @param asked which question it answers, as far as that can be told
 * @param anew whether a question stands right before it
 * @param values its values; null if they do not fit
 * @param problem why they do not fit; null if they do
 */
record Candidate(
    int start,
    int end,
    Asked asked,
    boolean anew,
    @Nullable ObjectNode values,
    @Nullable ReplyFormatException problem) {

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

  static Candidate of(int start, int end, Asked asked, boolean anew, Values values) {
    try {
      return new Candidate(start, end, asked, anew, values.read(), null);
    } catch (ReplyFormatException e) {
      return new Candidate(start, end, asked, anew, null, e);
    }
  }

  /** Its values, if they fit. */
  ObjectNode fitting() {
    ObjectNode found = values;
    if (found == null) {
      throw problem == null ? new ReplyFormatException("", "The reply has no values.") : problem;
    }
    return found;
  }
}
