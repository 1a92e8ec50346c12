package dev.hone.local;

import dev.hone.embed.Embedding;

/** What is known of a text: its vector, and how it stands to other texts of its prompt. */
final class TextFeatures {
  private static final double KERNEL_CONSTANT = 0.3;
  private static final double[] NONE = {};

  private final Embedding vector;
  private final double[] relations;

  /**
   * Makes features.
   *
   * @param vector the text's vector
   * @param relations numbers around 0, as many as all texts have that they are compared with
   */
  TextFeatures(Embedding vector, double[] relations) {
    this.vector = vector;
    this.relations = relations;
  }

  /** Features of a text that stands alone: its relations are not known. */
  static TextFeatures of(Embedding vector) {
    return new TextFeatures(vector, NONE);
  }

  Embedding vector() {
    return vector;
  }

  /**
   * How alike two texts are: a constant, exp(cos - 1) of their vectors, and the product of their
   * relations where both are known.
   */
  double kernel(TextFeatures other) {
    double sum = KERNEL_CONSTANT + StrictMath.exp(vector.dot(other.vector) - 1);
    if (relations.length == other.relations.length) {
      for (int i = 0; i < relations.length; i++) {
        sum += relations[i] * other.relations[i];
      }
    }
    return sum;
  }
}
