package dev.hone.local;

import dev.hone.embed.Embedding;
import java.util.Set;

/** One point to learn from: the vector of a text, with the values that the text has. */
final class LabeledVector {
  private final Embedding vector;
  private final Set<Integer> values;
  private final double noise;

  /**
   * Makes a point.
   *
   * @param vector the text's vector
   * @param values the indices of the values that it has
   * @param noise how little it is trusted; added to the diagonal of the kernel matrix
   */
  LabeledVector(Embedding vector, Set<Integer> values, double noise) {
    this.vector = vector;
    this.values = values;
    this.noise = noise;
  }

  Embedding vector() {
    return vector;
  }

  /** 1 if it has the value, else 0. */
  double has(int value) {
    return values.contains(value) ? 1 : 0;
  }

  double noise() {
    return noise;
  }
}
