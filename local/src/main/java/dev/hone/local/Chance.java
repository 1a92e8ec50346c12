package dev.hone.local;

import java.util.SplittableRandom;

/**
 * The chance in one reply.
 *
 * @param temperature how much of it there is; 0 for none
 * @param seed where it starts: the same for the same request
 */
record Chance(double temperature, long seed) {
  SplittableRandom random() {
    return new SplittableRandom(seed);
  }

  /** The chance of another field of the same reply. */
  Chance of(String field) {
    return new Chance(temperature, seed * 31 + field.hashCode());
  }
}
