package dev.hone.local;

import dev.hone.embed.Embedding;
import java.util.List;

/**
 * The probability that a text has each value, given their names only: the softmax of the similarity
 * of text and name.
 */
final class NamePrior implements ValuePrior {
  private static final double TEMPERATURE = 0.1;

  /** The similarity that a value whose name has no meaning is taken to have. */
  private static final double UNNAMED = 0.2;

  private final List<Embedding> names;
  private final int size;

  /**
   * Makes a prior.
   *
   * @param names the vectors of the names of the first values
   * @param size how many values there are; the names of the rest have no meaning
   */
  NamePrior(List<Embedding> names, int size) {
    this.names = List.copyOf(names);
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  /** The probability of each value; they add up to 1. */
  @Override
  public double[] of(Embedding text) {
    double[] probabilities = new double[size];
    double sum = 0;
    for (int v = 0; v < size; v++) {
      double cosine = v < names.size() ? names.get(v).dot(text) : UNNAMED;
      probabilities[v] = StrictMath.exp(cosine / TEMPERATURE);
      sum += probabilities[v];
    }
    for (int v = 0; v < size; v++) {
      probabilities[v] /= sum;
    }
    return probabilities;
  }
}
