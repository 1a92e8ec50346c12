package dev.hone.benchmarks.retrieve;

import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import java.util.SplittableRandom;

/**
 * An embedder whose text is a number, the seed of its vector.
 *
 * @param dimension numbers of a vector
 * @param clusters directions that the vectors lie around; 0 for none, all directions alike
 */
record SeededVectors(int dimension, int clusters) implements Embedder {
  /** Of a vector's length, beside its cluster's: a cosine of about 0.6 within a cluster. */
  private static final double SPREAD = 0.8;

  @Override
  public Embedding embed(String text) {
    long seed = Long.parseLong(text);
    float[] values = gaussian(new SplittableRandom(seed));
    if (clusters > 0) {
      float[] center = gaussian(new SplittableRandom(-1 - Math.floorMod(seed, clusters)));
      for (int d = 0; d < dimension; d++) {
        values[d] = (float) (center[d] + SPREAD * values[d]);
      }
    }
    return Embedding.of(values);
  }

  private float[] gaussian(SplittableRandom random) {
    float[] values = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      values[d] = (float) random.nextGaussian();
    }
    return values;
  }

  @Override
  public String id() {
    return clusters == 0 ? "random directions" : clusters + " clusters";
  }
}
