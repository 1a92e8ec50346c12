package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.text.Plural;

/**
 * A dataset in two parts that share no example of it.
 *
 * @param first the part whose share was asked for; at least one example, in random order
 * @param rest the other examples; at least one, in random order
 * @param <I> the type of the inputs
 * @param <O> the type of the labels
 */
public record Split<I, O>(Dataset<I, O> first, Dataset<I, O> rest) {
  static int sizeOf(double fraction, int size) {
    if (!(fraction > 0 && fraction < 1)) {
      throw InvalidInputException.of(
          "The fraction (" + fraction + ") is not between 0 and 1", "use 0.5 for halves");
    }
    return (int) Math.round(fraction * size);
  }

  static void requireParts(int firstSize, int size) {
    if (firstSize < 1 || firstSize >= size) {
      throw InvalidInputException.of(
          "A split of %s into %d and %d leaves a part empty"
              .formatted(Plural.of(size, "example"), firstSize, size - firstSize),
          "use more examples, or another size");
    }
  }
}
