package dev.hone.local;

import dev.hone.embed.Embedding;
import java.util.Set;

/** One point to learn from: what is known of a text, with the values that the text has. */
final class LabeledVector {
  private final TextFeatures features;
  private final Set<Integer> values;
  private final double noise;

  /**
   * Makes a point.
   *
   * @param features what is known of the text
   * @param values the indices of the values that it has
   * @param noise how little it is trusted; added to the diagonal of the kernel matrix
   */
  LabeledVector(TextFeatures features, Set<Integer> values, double noise) {
    this.features = features;
    this.values = values;
    this.noise = noise;
  }

  /** A point of which the text's vector is known only. */
  LabeledVector(Embedding vector, Set<Integer> values, double noise) {
    this(TextFeatures.of(vector), values, noise);
  }

  TextFeatures features() {
    return features;
  }

  /** 1 if it has the value, else 0. */
  double has(int value) {
    return values.contains(value) ? 1 : 0;
  }

  double noise() {
    return noise;
  }
}
