package dev.hone.data;

import dev.hone.json.Json;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Splits examples once, so that those of a kind are spread evenly over both parts. It draws a share
 * of the examples; searches, which order all of them and give them out part by part, use {@code
 * dev.hone.optimize.search.StratifiedOrder}.
 */
final class Stratification<I, O> {
  // Systematic sampling: examples of a kind are put side by side, in random order among equals, and
  // every (size / wanted)-th is taken from a random start. Any run of n neighbours then gives the
  // first
  // part its share of n, rounded up or down: each stratum, each group of neighbouring strata, each
  // range of a numeric label.

  private final List<Example<I, O>> examples;
  private final Comparator<Example<I, O>> order;

  private Stratification(List<Example<I, O>> examples, Comparator<Example<I, O>> order) {
    this.examples = examples;
    this.order = order;
  }

  /** Of a kind are examples of one stratum; strata come in the order of their first example. */
  static <I, O> Stratification<I, O> by(
      Dataset<I, O> dataset, Function<? super Example<I, O>, ?> stratum) {
    Map<Optional<Object>, Integer> ranks = new HashMap<>();
    Map<Example<I, O>, Integer> rankByExample = new IdentityHashMap<>();
    for (Example<I, O> example : dataset) {
      Optional<Object> key = Optional.ofNullable(stratum.apply(example));
      rankByExample.put(example, ranks.computeIfAbsent(key, unused -> ranks.size()));
    }
    return new Stratification<>(
        dataset.examples(),
        Comparator.comparingInt(example -> rankByExample.getOrDefault(example, 0)));
  }

  /** Similar are examples whose labels are, field by field; those without a label are one group. */
  static <I, O> Stratification<I, O> byLabel(Dataset<I, O> dataset) {
    Map<String, ObjectNode> labels = new HashMap<>();
    dataset.labelled().forEach(example -> labels.put(example.id(), example.expectedJson()));
    return new Stratification<>(
        dataset.examples(),
        (a, b) ->
            compareFields(
                labels.getOrDefault(a.id(), Json.object()),
                labels.getOrDefault(b.id(), Json.object())));
  }

  Split<I, O> split(int firstSize, long seed) {
    Split.requireParts(firstSize, examples.size());
    SplittableRandom random = new SplittableRandom(seed);
    List<Example<I, O>> sorted = RandomSource.shuffled(examples, random);
    sorted.sort(order);
    double start = random.nextDouble();
    List<Example<I, O>> first = new ArrayList<>();
    List<Example<I, O>> rest = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      boolean taken = points(i + 1, firstSize, start) > points(i, firstSize, start);
      (taken ? first : rest).add(sorted.get(i));
    }
    return new Split<>(
        Dataset.of(RandomSource.shuffled(first, random)),
        Dataset.of(RandomSource.shuffled(rest, random)));
  }

  /** How many examples are taken of a number of the first. */
  private long points(int count, int firstSize, double start) {
    long product = (long) count * firstSize;
    long whole = product / examples.size();
    double broken = (double) (product % examples.size()) / examples.size();
    return whole + (broken + start >= 1 ? 1 : 0);
  }

  private static int compareFields(ObjectNode a, ObjectNode b) {
    Iterator<JsonNode> others = b.iterator();
    for (JsonNode value : a) {
      int result = others.hasNext() ? compare(value, others.next()) : 1;
      if (result != 0) {
        return result;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue());
    }
    return Json.canonical(a).compareTo(Json.canonical(b));
  }
}
