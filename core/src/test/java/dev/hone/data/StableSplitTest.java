package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** One example more moves few others from one part of a stratified split to the other (S9). */
class StableSplitTest {
  private static final int RUNS = 400;

  private static Example<ObjectNode, ObjectNode> example(int i, IntFunction<ObjectNode> label) {
    return Example.of(Json.object().put("text", "t" + i), label.apply(i));
  }

  private static Dataset<ObjectNode, ObjectNode> data(int size, IntFunction<ObjectNode> label) {
    return Dataset.of(IntStream.range(0, size).mapToObj(i -> example(i, label)).toList());
  }

  private static ObjectNode label(Object value) {
    return Json.object().put("label", String.valueOf(value));
  }

  private static Set<String> ids(Dataset<?, ?> dataset) {
    return dataset.examples().stream().map(Example::id).collect(Collectors.toSet());
  }

  /** The examples that are in another part than before, without those that are new. */
  private static List<Example<ObjectNode, ObjectNode>> moved(
      Split<ObjectNode, ObjectNode> before, Split<ObjectNode, ObjectNode> after) {
    Set<String> first = ids(before.first());
    Set<String> rest = ids(before.rest());
    List<Example<ObjectNode, ObjectNode>> moved = new ArrayList<>();
    after.first().examples().stream().filter(e -> rest.contains(e.id())).forEach(moved::add);
    after.rest().examples().stream().filter(e -> first.contains(e.id())).forEach(moved::add);
    return moved;
  }

  @Test
  void sixtyOneExamplesForSixtyMoveAtMostOneOtherOfALabel() {
    for (long seed = 0; seed < 50; seed++) {
      Split<ObjectNode, ObjectNode> before = data(60, i -> label(i % 2)).stratifiedSplit(0.7, seed);
      Split<ObjectNode, ObjectNode> after = data(61, i -> label(i % 2)).stratifiedSplit(0.7, seed);

      assertThat(before.rest().size()).isEqualTo(18);
      assertMovesAtMostOneOfEachLabel(moved(before, after));
      assertThat(ids(after.rest()))
          .hasSize(18)
          .satisfies(
              ids -> {
                ids.retainAll(ids(before.rest()));
                assertThat(ids).hasSizeGreaterThanOrEqualTo(16);
              });
    }
  }

  private static void assertMovesAtMostOneOfEachLabel(List<Example<ObjectNode, ObjectNode>> moved) {
    assertThat(moved).hasSizeLessThanOrEqualTo(2);
    assertThat(moved.stream().map(Example::expected)).doesNotHaveDuplicates();
  }

  @Test
  void oneMoreExampleMovesAtMostOneOtherOfItsLabelAndOneOfAnotherLabel() {
    SplittableRandom random = new SplittableRandom(1);
    for (int run = 0; run < RUNS; run++) {
      int labels = 1 + random.nextInt(30);
      long salt = random.nextLong();
      IntFunction<ObjectNode> label =
          i -> label(Math.sqrt(new SplittableRandom(salt + i).nextInt(labels * labels)) % labels);
      Dataset<ObjectNode, ObjectNode> all = data(10 + random.nextInt(150), label);
      double fraction = random.nextInt(1, 10) / 10.0;
      int left = random.nextInt(all.size());
      Dataset<ObjectNode, ObjectNode> less =
          all.slice(0, left).concat(all.slice(left + 1, all.size()));

      List<Example<ObjectNode, ObjectNode>> moved =
          moved(less.stratifiedSplit(fraction, run), all.stratifiedSplit(fraction, run));

      assertMovesAtMostOneOfEachLabel(moved);
    }
  }

  @Test
  void oneMoreExampleOfSeveralLabelFieldsMovesAtMostOneOtherForEachFieldAndOneOfItsOwn() {
    SplittableRandom random = new SplittableRandom(2);
    for (int run = 0; run < RUNS; run++) {
      long salt = random.nextLong();
      IntFunction<ObjectNode> label =
          i -> {
            SplittableRandom draw = new SplittableRandom(salt + i);
            ObjectNode node = label(draw.nextInt(3)).put("urgent", draw.nextBoolean());
            return node.put("other", "x" + draw.nextInt(4));
          };
      Dataset<ObjectNode, ObjectNode> all = data(10 + random.nextInt(150), label);
      double fraction = random.nextInt(1, 10) / 10.0;

      List<Example<ObjectNode, ObjectNode>> moved =
          moved(
              all.first(all.size() - 1).stratifiedSplit(fraction, run),
              all.stratifiedSplit(fraction, run));

      assertThat(moved).hasSizeLessThanOrEqualTo(4);
      assertThat(moved.stream().map(Example::expected)).doesNotHaveDuplicates();
    }
  }

  @Test
  void oneMoreExampleWithANumberAsItsLabelMovesAFewOthers() {
    SplittableRandom random = new SplittableRandom(3);
    int moves = 0;
    for (int run = 0; run < RUNS; run++) {
      long salt = random.nextLong();
      IntFunction<ObjectNode> label =
          i ->
              Json.object()
                  .put("price", new SplittableRandom(salt + i).nextInt(-50_000, 50_000) / 100.0);
      Dataset<ObjectNode, ObjectNode> all = data(10 + random.nextInt(150), label);

      List<Example<ObjectNode, ObjectNode>> moved =
          moved(all.first(all.size() - 1).stratifiedSplit(0.7, run), all.stratifiedSplit(0.7, run));

      moves += moved.size();
      assertThat(moved).hasSizeLessThanOrEqualTo(12);
    }
    assertThat((double) moves / RUNS).isLessThan(4);
  }

  @Test
  void aStratumOfOnesOwnIsAsStable() {
    for (long seed = 0; seed < 50; seed++) {
      Split<ObjectNode, ObjectNode> before =
          data(60, i -> label(i)).stratifiedSplit(0.7, seed, StableSplitTest::lastDigit);
      Split<ObjectNode, ObjectNode> after =
          data(61, i -> label(i)).stratifiedSplit(0.7, seed, StableSplitTest::lastDigit);

      List<Example<ObjectNode, ObjectNode>> moved = moved(before, after);

      assertThat(moved).hasSizeLessThanOrEqualTo(2);
      assertThat(moved.stream().map(StableSplitTest::lastDigit)).doesNotHaveDuplicates();
    }
  }

  private static Set<Integer> lastDigit(Example<ObjectNode, ObjectNode> example) {
    String text = example.input().get("text").stringValue();
    return Set.of(text.charAt(text.length() - 1) - '0');
  }

  @Test
  void theOrderOfTheExamplesDoesNotMatter() {
    Dataset<ObjectNode, ObjectNode> all = data(90, i -> label(i % 7));

    for (long seed = 0; seed < 20; seed++) {
      assertThat(all.shuffled(seed).stratifiedSplit(0.4, 1)).isEqualTo(all.stratifiedSplit(0.4, 1));
    }
  }

  @Test
  void everyExampleIsAsLikelyInTheFirstPart() {
    Map<String, Integer> taken = new HashMap<>();
    Dataset<ObjectNode, ObjectNode> all = data(40, i -> label(i < 8 ? i : i % 3));

    for (long seed = 0; seed < 1000; seed++) {
      ids(all.stratifiedSplit(0.3, seed).first()).forEach(id -> taken.merge(id, 1, Integer::sum));
    }

    assertThat(taken).hasSize(40);
    assertThat(taken.values()).allMatch(count -> count > 200 && count < 400);
  }
}
