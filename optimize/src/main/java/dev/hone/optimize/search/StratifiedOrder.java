package dev.hone.optimize.search;

import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Random orders of examples in which the strata are mixed evenly, for searches that give examples
 * out part by part. Each stratum is shuffled, and its members are spread over the whole order, one
 * in each of as many equal parts as it has members.
 *
 * <p>Source: Cochran, Sampling Techniques, chapter 8 (systematic sampling) and 5 (stratified). It
 * orders a whole list and keeps every example, unlike the splits of {@code Dataset}, which draw a
 * share of examples once.
 */
public final class StratifiedOrder {
  private record Place(int example, double position) {}

  private StratifiedOrder() {}

  /**
   * An order of which any stretch holds the strata in proportion, to within one example each: each
   * member stands at the same random point of its part. Read it in a circle, stretch after stretch.
   *
   * @param examples the examples to order, by index
   * @param strata the label of every example of the validation set
   */
  public static List<Integer> systematic(
      List<Integer> examples, List<String> strata, RandomGenerator random) {
    Random shuffling = new Random(random.nextLong());
    return spread(
        grouped(examples, strata, new TreeMap<>()),
        shuffling,
        () -> {
          double offset = shuffling.nextDouble();
          return () -> offset;
        });
  }

  /**
   * An order of which any prefix holds the strata in proportion, to within about one example each:
   * each member stands at a random point of its own part, so that no regularity of the order can
   * meet one of the examples.
   *
   * @param strata the label of every example; all of them are ordered
   */
  public static List<Integer> jittered(List<String> strata, RandomGenerator random) {
    List<Integer> examples = new ArrayList<>();
    for (int example = 0; example < strata.size(); example++) {
      examples.add(example);
    }
    Random shuffling = new Random(random.nextLong());
    return spread(
        grouped(examples, strata, new LinkedHashMap<>()), shuffling, () -> random::nextDouble);
  }

  private static Map<String, List<Integer>> grouped(
      List<Integer> examples, List<String> strata, Map<String, List<Integer>> into) {
    for (int example : examples) {
      into.computeIfAbsent(strata.get(example), label -> new ArrayList<>()).add(example);
    }
    return into;
  }

  private static List<Integer> spread(
      Map<String, List<Integer>> strata, Random shuffling, Supplier<DoubleSupplier> offsets) {
    List<Place> places = new ArrayList<>();
    for (List<Integer> stratum : strata.values()) {
      List<Integer> shuffled = RandomSource.shuffled(stratum, shuffling);
      DoubleSupplier offset = offsets.get();
      for (int part = 0; part < shuffled.size(); part++) {
        double position = (part + offset.getAsDouble()) / shuffled.size();
        places.add(new Place(shuffled.get(part), position));
      }
    }
    return places.stream()
        .sorted(Comparator.comparingDouble(Place::position).thenComparingInt(Place::example))
        .map(Place::example)
        .toList();
  }
}
