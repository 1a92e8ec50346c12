package dev.hone.optimize.search.racing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The one random order in which all configurations meet the examples, cut into blocks. Every prefix
 * holds the strata in proportion, as nearly as whole examples allow.
 */
final class ExampleOrder {
  private static final int MOST_BLOCKS = 100;

  private final List<List<Integer>> blocks = new ArrayList<>();
  private final int[] blockOf;
  private final int[] placeOf;

  ExampleOrder(List<String> strata, int blockSize, RandomGenerator random) {
    int count = strata.size();
    int size = blockSize(count, blockSize);
    blockOf = new int[count];
    placeOf = new int[count];
    List<Integer> order = stratified(strata, random);
    for (int from = 0; from < count; from += size) {
      List<Integer> block = List.copyOf(order.subList(from, Math.min(count, from + size)));
      for (int place = 0; place < block.size(); place++) {
        blockOf[block.get(place)] = blocks.size();
        placeOf[block.get(place)] = place;
      }
      blocks.add(block);
    }
  }

  /** The size of a block, which is raised where there would be too many. */
  static int blockSize(int examples, int wanted) {
    return Math.min(examples, Math.max(wanted, (examples + MOST_BLOCKS - 1) / MOST_BLOCKS));
  }

  private static List<Integer> stratified(List<String> strata, RandomGenerator random) {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int example = 0; example < strata.size(); example++) {
      members.computeIfAbsent(strata.get(example), label -> new ArrayList<>()).add(example);
    }
    double[] position = new double[strata.size()];
    Random shuffler = new Random(random.nextLong());
    for (List<Integer> stratum : members.values()) {
      Collections.shuffle(stratum, shuffler);
      for (int rank = 0; rank < stratum.size(); rank++) {
        position[stratum.get(rank)] = (rank + random.nextDouble()) / stratum.size();
      }
    }
    List<Integer> order = new ArrayList<>();
    members.values().forEach(order::addAll);
    order.sort(Comparator.comparingDouble(example -> position[example]));
    return order;
  }

  int blockCount() {
    return blocks.size();
  }

  List<Integer> block(int index) {
    return blocks.get(index);
  }

  /** The block that an example is in. */
  int blockOf(int example) {
    return blockOf[example];
  }

  /** An example's place within its block. */
  int placeOf(int example) {
    return placeOf[example];
  }

  /** All examples, in the order. */
  List<Integer> all() {
    return blocks.stream().flatMap(List::stream).toList();
  }
}
