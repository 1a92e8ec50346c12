package dev.hone.local;

import dev.hone.embed.Embedding;
import java.util.List;

/**
 * The chance that a text has each value, as far as their names tell: the softmax of the similarity
 * of text and name.
 */
final class NamePrior {
  private static final double TEMPERATURE = 0.1;

  /** The similarity that a value whose name tells nothing is taken to have. */
  private static final double UNNAMED = 0.2;

  private final List<Embedding> names;
  private final int size;

  /**
   * Makes a prior.
   *
   * @param names the vectors of the names of the first values
   * @param size how many values there are; the names of the rest tell nothing
   */
  NamePrior(List<Embedding> names, int size) {
    this.names = List.copyOf(names);
    this.size = size;
  }

  int size() {
    return size;
  }

  /** The chance of each value; they add up to 1. */
  double[] of(Embedding text) {
    double[] chances = new double[size];
    double sum = 0;
    for (int v = 0; v < size; v++) {
      double cosine = v < names.size() ? names.get(v).dot(text) : UNNAMED;
      chances[v] = StrictMath.exp(cosine / TEMPERATURE);
      sum += chances[v];
    }
    for (int v = 0; v < size; v++) {
      chances[v] /= sum;
    }
    return chances;
  }
}
