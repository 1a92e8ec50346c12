package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.text.Plural;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A dataset in two parts that share no example of it. Both are in random order, or in the order of
 * the dataset where they were split by hash; random, where it was stratified, means that of a hash
 * of content and seed.
 *
 * @param first the part whose share was asked for; at least one example
 * @param rest the other examples; at least one
 * @param <I> the type of the inputs
 * @param <O> the type of the labels
 */
public record Split<I, O>(Dataset<I, O> first, Dataset<I, O> rest) {
  /** So that a hash's first digits are a number below 2^52, and exact as a double. */
  private static final int HEX_DIGITS = 13;

  static <I, O> Split<I, O> byHash(Dataset<I, O> dataset, double fraction, long seed) {
    requireFraction(fraction);
    Map<Boolean, List<Example<I, O>>> parts =
        dataset.examples().stream()
            .collect(
                Collectors.partitioningBy(
                    e -> position(hash(seed, DatasetChecks.inputId(e))) < fraction));
    List<Example<I, O>> first = parts.getOrDefault(true, List.of());
    requireParts(first.size(), dataset.size());
    return new Split<>(Dataset.of(first), Dataset.of(parts.getOrDefault(false, List.of())));
  }

  /** The hash of a seed and a text. */
  static String hash(long seed, String text) {
    return Json.sha256(seed + ":" + text);
  }

  /** A number from 0 to below 1 that is drawn by a hash. */
  static double position(String hash) {
    return Long.parseLong(hash.substring(0, HEX_DIGITS), 16) / (double) (1L << (4 * HEX_DIGITS));
  }

  private static void requireFraction(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw InvalidInputException.of(
          "The fraction (" + fraction + ") is not between 0 and 1", "use 0.5 for halves");
    }
  }

  static int sizeOf(double fraction, int size) {
    requireFraction(fraction);
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
