package dev.hone.local;

import dev.hone.embed.Embedding;

/**
 * A text that an agent could pass to a tool, with what is known of the place where it stands.
 *
 * @param span the text
 * @param left the vector of the words before it
 * @param right the vector of the words after it
 * @param anchored whether its line has a name that the newest call asked for
 * @param heads whether such a name begins its line
 * @param asked which share of its words the input has too, or nearly
 * @param newest whether it is from the newest result
 * @param own how well it answers the input by itself
 * @param near the same together with the words around it
 */
record SpanFeatures(
    TextSpan span,
    Embedding left,
    Embedding right,
    boolean anchored,
    boolean heads,
    double asked,
    boolean newest,
    double own,
    double near) {

  /** How alike two texts are in their form, from 0 to 1. */
  double formLikeness(SpanFeatures other) {
    double words = Math.min(1, Math.abs(span.words() - other.span.words()) / 2.0);
    return span.form() == other.span.form() ? 1 - words / 2 : 0;
  }

  /** How alike the words around two texts are, from 0 to 1. */
  double aroundLikeness(SpanFeatures other) {
    boolean whole = span.left().isEmpty();
    if (whole || other.span.left().isEmpty()) {
      return whole == other.span.left().isEmpty() ? 1 : 0;
    }
    return (stretched(left.dot(other.left)) + stretched(right.dot(other.right))) / 2;
  }

  private static double stretched(double cosine) {
    return Math.max(0, (cosine - 0.2) / 0.8);
  }
}
