package dev.hone.data;

import dev.hone.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Splits examples once, so that those of a kind are spread evenly over both parts, and one example
 * more moves few others. It draws a share of the examples; searches, which order all of them and
 * give them out part by part, use {@code dev.hone.optimize.search.StratifiedOrder}.
 *
 * <p>Structure: a tree of strata ({@link LabelPath}). Each node gives the first part its share of
 * its examples, rounded up or down so that the branches of a node give what the node does; a leaf
 * gives the examples whose hashes are smallest.
 *
 * <p>Which branches are rounded up is decided by a draw that each has for good: those whose share
 * and draw together come nearest to the next whole number. So a branch with one example more gives
 * as many as before or one more, and at most one of its siblings changes, by one.
 *
 * <p>Source: rounding with permanent random numbers, as in order sampling (Rosen, 1997).
 */
final class Stratification<I, O> {
  private final List<Member<I, O>> members;
  private final long seed;

  /**
   * An example on its way through the tree.
   *
   * @param hash what orders the examples of a leaf
   * @param path the branches to its leaf
   */
  private record Member<I, O>(Example<I, O> example, String hash, List<String> path) {
    String branch(int depth) {
      return depth < path.size() ? path.get(depth) : "";
    }
  }

  /** What a branch gives at least, and how much share and draw lack to the next whole number. */
  private record Branch<I, O>(List<Member<I, O>> members, int whole, boolean exact, double lack) {}

  private Stratification(
      Dataset<I, O> dataset, long seed, Function<Example<I, O>, List<String>> path) {
    this.seed = seed;
    this.members =
        dataset.examples().stream()
            .map(e -> new Member<>(e, Split.hash(seed, e.id()), path.apply(e)))
            .sorted(Comparator.comparing(Member::hash))
            .toList();
  }

  /** Of a kind are examples of one stratum; a stratum's draw is that of its rank among them. */
  static <I, O> Stratification<I, O> by(
      Dataset<I, O> dataset, long seed, Function<? super Example<I, O>, ?> stratum) {
    Map<Optional<Object>, Integer> ranks = new HashMap<>();
    return new Stratification<>(
        dataset,
        seed,
        example -> {
          Optional<Object> key = Optional.ofNullable(stratum.apply(example));
          return List.of(String.valueOf(ranks.computeIfAbsent(key, unused -> ranks.size())));
        });
  }

  /** Of a kind are examples whose labels are equal, field by field, or near, as numbers are. */
  static <I, O> Stratification<I, O> byLabel(Dataset<I, O> dataset, long seed) {
    return new Stratification<>(dataset, seed, LabelPath::of);
  }

  /** Gives the first part its share; both parts are in the order of the hashes. */
  Split<I, O> split(double fraction) {
    int firstSize = Split.sizeOf(fraction, members.size());
    Split.requireParts(firstSize, members.size());
    Set<Member<I, O>> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    take(members, 0, firstSize, BigDecimal.valueOf(fraction), taken);
    return new Split<>(part(taken, true), part(taken, false));
  }

  private Dataset<I, O> part(Set<Member<I, O>> taken, boolean first) {
    return Dataset.of(
        members.stream().filter(m -> taken.contains(m) == first).map(Member::example).toList());
  }

  private void take(
      List<Member<I, O>> node, int start, int count, BigDecimal share, Set<Member<I, O>> taken) {
    int depth = fork(node, start);
    if (depth < 0 || count == 0 || count == node.size()) {
      taken.addAll(node.subList(0, count));
      return;
    }
    List<Branch<I, O>> branches = branches(node, depth, share);
    int left = count - branches.stream().mapToInt(Branch::whole).sum();
    for (Branch<I, O> branch : branches) {
      int more = left > 0 && !branch.exact() ? 1 : 0;
      left -= more;
      take(branch.members(), depth + 1, branch.whole() + more, share, taken);
    }
  }

  /** The depth at which the paths of some examples part; -1 if they do not. */
  private int fork(List<Member<I, O>> node, int start) {
    for (int depth = start; !node.get(0).branch(depth).isEmpty(); depth++) {
      String branch = node.get(0).branch(depth);
      int at = depth;
      if (node.stream().anyMatch(member -> !member.branch(at).equals(branch))) {
        return depth;
      }
    }
    return -1;
  }

  /** The branches of a node, those first that are rounded up first. */
  private List<Branch<I, O>> branches(List<Member<I, O>> node, int depth, BigDecimal share) {
    Map<String, List<Member<I, O>>> groups = new TreeMap<>();
    node.forEach(m -> groups.computeIfAbsent(m.branch(depth), key -> new ArrayList<>()).add(m));
    String place = String.join("/", node.get(0).path().subList(0, depth));
    List<Branch<I, O>> branches = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          BigDecimal exact = share.multiply(BigDecimal.valueOf(group.size()));
          BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
          double broken = exact.subtract(whole).doubleValue();
          double draw = Split.position(Split.hash(seed, place + "/" + key));
          branches.add(new Branch<>(group, whole.intValueExact(), broken == 0, 1 - broken - draw));
        });
    branches.sort(Comparator.comparingDouble(Branch::lack));
    return branches;
  }

  /**
   * The place of an example in the tree of strata: branches by the first field of its label, then
   * by the second, and so on. A number is found by halving the range of all numbers again and
   * again, so that near ones share most of their path; where it lies does not depend on the others.
   */
  private static final class LabelPath {
    private static final String NUMBER = "number";

    private LabelPath() {}

    /** The branches from the root; examples without a label share one. */
    static List<String> of(Example<?, ?> example) {
      if (!example.hasLabel()) {
        return List.of("no label");
      }
      List<String> path = new ArrayList<>(List.of("label"));
      for (JsonNode value : example.expectedJson()) {
        if (value.isNumber()) {
          path.add(NUMBER);
          halves(value.doubleValue(), path);
        }
        path.add(Json.canonical(value));
      }
      return path;
    }

    /** The bits of a number, made to have its order: 1 for the greater half. */
    private static void halves(double value, List<String> path) {
      long bits = Double.doubleToLongBits(value + 0.0);
      long ordered = bits < 0 ? ~bits : bits | Long.MIN_VALUE;
      for (int i = Long.SIZE - 1; i >= 0; i--) {
        path.add((ordered >>> i & 1) == 0 ? "0" : "1");
      }
    }
  }
}
