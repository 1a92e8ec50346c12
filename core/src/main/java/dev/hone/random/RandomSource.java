package dev.hone.random;

import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The randomness of a run: one independent generator per purpose, all from one seed. Naming the
 * purpose keeps the others' numbers the same when one draws more or less.
 *
 * @param seed the seed; every value is a seed, 0 too
 */
public record RandomSource(long seed) {
  /** The generator of a purpose, always from its beginning. */
  public SplittableRandom of(String purpose) {
    String digest = Json.sha256(seed + "/" + purpose);
    return new SplittableRandom(Long.parseUnsignedLong(digest.substring(0, 16), 16));
  }

  /** A copy of a list in random order, by Fisher and Yates' shuffle. */
  public static <T> List<T> shuffled(List<T> list, RandomGenerator random) {
    List<T> copy = new ArrayList<>(list);
    for (int i = copy.size() - 1; i > 0; i--) {
      Collections.swap(copy, i, random.nextInt(i + 1));
    }
    return copy;
  }

  /** A number of items of a list, in random order; all of them if there are fewer. */
  public static <T> List<T> sample(List<T> list, int count, RandomGenerator random) {
    List<T> shuffled = shuffled(list, random);
    return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
  }
}
