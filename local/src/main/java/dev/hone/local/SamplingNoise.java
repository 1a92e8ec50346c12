package dev.hone.local;

import java.util.SplittableRandom;

/**
 * The noise that the temperature adds to the probabilities and similarities of one reply.
 *
 * @param temperature how much of it there is; 0 for none
 * @param seed where its random numbers start: the same for the same request
 */
record SamplingNoise(double temperature, long seed) {
  /** No noise at all. */
  static final SamplingNoise NONE = new SamplingNoise(0, 0);

  /** How much one unit of temperature disturbs probabilities and similarities. */
  private static final double DISTURBANCE = 0.1;

  SplittableRandom random() {
    return new SplittableRandom(seed);
  }

  /** The noise of another field of the same reply. */
  SamplingNoise of(String field) {
    return new SamplingNoise(temperature, seed * 31 + field.hashCode());
  }

  /** What is to be added to a probability or a similarity: 0 without temperature. */
  double disturbance(SplittableRandom random) {
    return temperature == 0 ? 0 : temperature * DISTURBANCE * random.nextGaussian();
  }
}
