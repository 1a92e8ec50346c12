package dev.hone.optimize.search.racing.model;

import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.StratifiedOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one random order in which all configurations meet the examples, cut into blocks. Every prefix
 * holds the strata in proportion, as nearly as whole examples allow.
 */
public final class ExampleOrder {
  private static final int MOST_BLOCKS = 100;
  private static final int FEWEST_BLOCKS = 6;
  private static final int DEFAULT_SIZE = 10;
  private static final int LEAST_SIZE = 5;
  private static final int FEW_OF_A_KIND = 3;

  private final List<List<Integer>> blocks = new ArrayList<>();
  private final int[] blockOf;
  private final int[] placeOf;

  /** An order. */
  public ExampleOrder(List<String> strata, int blockSize, RandomGenerator random) {
    int count = strata.size();
    int size = blockSize(count, blockSize);
    blockOf = new int[count];
    placeOf = new int[count];
    List<Integer> order = StratifiedOrder.jittered(strata, random);
    for (int from = 0; from < count; from += size) {
      List<Integer> block = List.copyOf(order.subList(from, Math.min(count, from + size)));
      for (int place = 0; place < block.size(); place++) {
        blockOf[block.get(place)] = blocks.size();
        placeOf[block.get(place)] = place;
      }
      blocks.add(block);
    }
  }

  /**
   * The size of blocks: the wanted one, and where numbers of a set count raised so that a block
   * holds three members of the smallest stratum, to at most three times the size and a quarter of
   * all.
   *
   * @param wanted null for 10, or a sixth of the examples where that is less, at least 5
   */
  public static int sizeFor(SearchProblem problem, @Nullable Integer wanted) {
    int size = blockSize(problem.exampleCount(), wanted);
    if (problem.objective().isEmpty()) {
      return size;
    }
    List<String> strata = problem.strata();
    Map<String, Integer> members = new HashMap<>();
    strata.forEach(stratum -> members.merge(stratum, 1, Integer::sum));
    int fewest = Collections.min(members.values());
    int ofSets = (FEW_OF_A_KIND * strata.size() + fewest - 1) / fewest;
    return Math.max(size, Math.min(ofSets, Math.min(3 * size, strata.size() / 4)));
  }

  /**
   * The size of a block, which is raised where there would be too many.
   *
   * @param wanted null for 10, or a sixth of the examples where that is less, at least 5
   */
  public static int blockSize(int examples, @Nullable Integer wanted) {
    int own =
        wanted == null
            ? Math.min(
                DEFAULT_SIZE, Math.max(LEAST_SIZE, (examples + FEWEST_BLOCKS - 1) / FEWEST_BLOCKS))
            : wanted;
    return Math.min(examples, Math.max(own, (examples + MOST_BLOCKS - 1) / MOST_BLOCKS));
  }

  /** The number of blocks. */
  public int blockCount() {
    return blocks.size();
  }

  /** The examples of a block, in the order. */
  public List<Integer> block(int index) {
    return blocks.get(index);
  }

  /** The examples of the blocks from one to before another. */
  public int examples(int from, int to) {
    int examples = 0;
    for (int block = from; block < to; block++) {
      examples += blocks.get(block).size();
    }
    return examples;
  }

  /** The block that an example is in. */
  public int blockOf(int example) {
    return blockOf[example];
  }

  /** An example's place within its block. */
  public int placeOf(int example) {
    return placeOf[example];
  }

  /** All examples, in the order. */
  public List<Integer> all() {
    return blocks.stream().flatMap(List::stream).toList();
  }
}
