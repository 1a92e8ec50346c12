package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.data.Moderation.Policy;
import dev.hone.data.Moderation.Severity;
import dev.hone.data.Moderation.Snippet;
import dev.hone.data.Moderation.Verdict;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SplitTest {
  @Test
  void keepsEveryExampleInExactlyOnePart() {
    Dataset<Snippet, Verdict> dataset = DatasetTest.numbered(0, 101);

    for (Split<Snippet, Verdict> split :
        List.of(
            dataset.split(0.7, 3),
            dataset.splitAt(71, 3),
            dataset.stratifiedSplit(0.7, 3),
            dataset.stratifiedSplit(0.7, 3, e -> e.expected().severity()))) {
      List<Example<Snippet, Verdict>> both = new ArrayList<>(split.first().examples());
      both.addAll(split.rest().examples());

      assertThat(split.first().size()).isEqualTo(71);
      assertThat(both).containsExactlyInAnyOrderElementsOf(dataset.examples());
    }
  }

  @Test
  void dependsOnNothingButContentAndSeed() {
    Dataset<Snippet, Verdict> dataset = DatasetTest.numbered(0, 50);

    assertThat(dataset.split(0.5, 0)).isEqualTo(DatasetTest.numbered(0, 50).split(0.5, 0));
    assertThat(dataset.stratifiedSplit(0.5, 0)).isEqualTo(dataset.stratifiedSplit(0.5, 0));
    assertThat(dataset.split(0.5, 0)).isNotEqualTo(dataset.split(0.5, 1));
    assertThat(dataset.stratifiedSplit(0.5, 0)).isNotEqualTo(dataset.stratifiedSplit(0.5, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void keepsTheShareOfEachStratumToWithinOneExample(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset<Snippet, Verdict> dataset = randomVerdicts(random, 20 + random.nextInt(200));
    double fraction = 0.1 + 0.8 * random.nextDouble();
    Function<Example<Snippet, Verdict>, Object> stratum = e -> e.expected().severity();

    Split<Snippet, Verdict> split = dataset.stratifiedSplit(fraction, seed, stratum);

    assertShares(dataset, split.first(), stratum);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void spreadsLabelsByDefault(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset<Snippet, Verdict> dataset = randomVerdicts(random, 20 + random.nextInt(200));

    Split<Snippet, Verdict> split = dataset.stratifiedSplit(0.1 + 0.8 * random.nextDouble(), seed);

    assertShares(dataset, split.first(), e -> e.expected().severity());
    assertShares(dataset, split.first(), Example::expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void spreadsRangesOfNumbersNearlyEvenlyByDefault(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset<ObjectNode, ObjectNode> dataset =
        Dataset.of(
            IntStream.range(0, 100)
                .mapToObj(
                    i ->
                        Example.of(
                            Json.object().put("n", i),
                            Json.object().put("price", random.nextDouble(1000) - 500)))
                .toList());

    Split<ObjectNode, ObjectNode> split = dataset.stratifiedSplit(0.3, seed);

    for (int limit = -500; limit <= 500; limit += 100) {
      int upper = limit;
      Predicate<Example<ObjectNode, ObjectNode>> below =
          e -> e.expected().get("price").doubleValue() < upper;
      assertThat((double) split.first().filter(below).size())
          .isCloseTo(0.3 * dataset.filter(below).size(), within(2.0));
    }
  }

  @Test
  void givesEachExampleItsChance() {
    Dataset<Snippet, Verdict> dataset = DatasetTest.numbered(0, 30);
    Set<String> taken = new HashSet<>();

    for (int seed = 0; seed < 60; seed++) {
      dataset.stratifiedSplit(0.1, seed).first().forEach(example -> taken.add(example.id()));
    }

    assertThat(taken).hasSize(30);
  }

  @Test
  void refusesASplitThatLeavesAPartEmpty() {
    Dataset<Snippet, Verdict> dataset = DatasetTest.numbered(0, 10);

    for (double fraction : new double[] {0, 1, -0.5, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> dataset.split(fraction, 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("fraction (" + fraction + ")", "Maybe");
    }
    assertThatThrownBy(() -> dataset.stratifiedSplit(0.01, 1))
        .hasMessageContaining("split of 10 examples into 0 and 10 leaves a part empty");
    assertThatThrownBy(() -> dataset.splitAt(10, 1)).hasMessageContaining("into 10 and 0");
    assertThatThrownBy(() -> dataset.first(1).splitAt(1, 1))
        .hasMessageContaining("A split of 1 example into 1 and 0");
  }

  private static Dataset<Snippet, Verdict> randomVerdicts(SplittableRandom random, int size) {
    return Dataset.of(
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    Moderation.example(
                        "snippet " + i,
                        Severity.values()[(int) Math.sqrt(random.nextInt(9))],
                        random.nextInt(4) == 0 ? new Policy[] {Policy.HATE} : new Policy[0]))
            .toList());
  }

  private static <I, O> void assertShares(
      Dataset<I, O> whole, Dataset<I, O> part, Function<Example<I, O>, ?> stratum) {
    for (Object value : whole.examples().stream().map(stratum).collect(Collectors.toSet())) {
      assertShare(whole, part, example -> stratum.apply(example).equals(value));
    }
  }

  private static <I, O> void assertShare(
      Dataset<I, O> whole, Dataset<I, O> part, Predicate<Example<I, O>> member) {
    double expected =
        (double) whole.examples().stream().filter(member).count() * part.size() / whole.size();

    assertThat((double) part.examples().stream().filter(member).count())
        .isStrictlyBetween(expected - 1, expected + 1);
  }

  private static Dataset<ObjectNode, ObjectNode> texts(int size) {
    return Dataset.of(
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    Example.of(
                        Json.object().put("text", "t" + i), Json.object().put("label", i % 2)))
            .toList());
  }

  @Test
  void oneMoreExampleMovesNoOtherWhereTheSplitIsByHash() {
    Split<ObjectNode, ObjectNode> before = texts(60).splitByHash(0.7, 1);
    Split<ObjectNode, ObjectNode> after = texts(61).splitByHash(0.7, 1);

    assertThat(after.first().examples()).containsAll(before.first().examples());
    assertThat(after.rest().examples()).containsAll(before.rest().examples());
    assertThat(texts(60).shuffled(3).splitByHash(0.7, 1).rest().examples())
        .containsExactlyInAnyOrderElementsOf(before.rest().examples());
    assertThat(texts(2000).splitByHash(0.7).first().size()).isBetween(1340, 1460);
    assertThat(texts(60).splitByHash(0.7, 2).first()).isNotEqualTo(before.first());
  }

  @Test
  void keepsEqualInputsTogetherWhereTheSplitIsByHash() {
    Dataset<ObjectNode, ObjectNode> twice =
        texts(50).concat(texts(50).map(e -> Example.of(e.input(), Json.object().put("label", 7))));

    Split<ObjectNode, ObjectNode> split = twice.splitByHash(0.5);

    assertThat(split.first().overlapWith(split.rest())).isEmpty();
    assertThat(split.first().size() % 2).isZero();
  }

  @Test
  void stratifiesExamplesWithoutALabelAsAGroupOfTheirOwn() {
    Dataset<ObjectNode, ObjectNode> mixed =
        texts(10)
            .concat(
                Dataset.unlabelled(
                    IntStream.range(0, 10)
                        .mapToObj(i -> Json.object().put("text", "u" + i))
                        .toList()));

    Split<ObjectNode, ObjectNode> split = mixed.stratifiedSplit(0.5, 1);

    assertThat(split.first().labelled().size()).isEqualTo(5);
    assertThat(split.rest().labelled().size()).isEqualTo(5);
  }
}
