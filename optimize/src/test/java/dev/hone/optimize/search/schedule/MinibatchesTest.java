package dev.hone.optimize.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.Play;
import dev.hone.optimize.search.Search;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinibatchesTest {
  private static final List<String> STRATA =
      IntStream.range(0, 100).mapToObj(i -> i < 60 ? "a" : i < 90 ? "b" : "c").toList();

  @Test
  void holdTheStrataInProportion() {
    for (int seed = 0; seed < 50; seed++) {
      Minibatches minibatches = minibatches(20, seed);

      for (int draw = 0; draw < 7; draw++) {
        List<Integer> drawn = minibatches.draw();
        assertThat(drawn).hasSize(20).doesNotHaveDuplicates();
        assertThat(drawn.stream().filter(i -> i < 60).count()).isBetween(11L, 13L);
        assertThat(drawn.stream().filter(i -> i >= 60 && i < 90).count()).isBetween(5L, 7L);
        assertThat(drawn.stream().filter(i -> i >= 90).count()).isBetween(1L, 3L);
      }
    }
  }

  @Test
  void rotateOverTheWholeValidationSet() {
    Minibatches minibatches = minibatches(30, 4);

    List<Integer> drawn = new ArrayList<>();
    for (int draw = 0; draw < 10; draw++) {
      drawn.addAll(minibatches.draw());
    }

    assertThat(new HashSet<>(drawn.subList(0, 100))).hasSize(100);
    assertThat(drawn.stream().collect(Collectors.groupingBy(i -> i, Collectors.counting())))
        .hasSize(100)
        .allSatisfy((example, times) -> assertThat(times).isEqualTo(3));
  }

  @Test
  void areShuffledBySeed() {
    assertThat(minibatches(20, 1).draw()).isEqualTo(minibatches(20, 1).draw());
    assertThat(minibatches(20, 1).draw()).isNotEqualTo(minibatches(20, 2).draw());
  }

  @Test
  void areSharedByTheTrialsOfABatchAndDifferBetweenBatches() {
    Play play =
        Play.of(
            Search.tpe(),
            Play.problem(Play.space(7, 13), STRATA),
            Play.budget(20, 20, 5, 4),
            Play.Surface.noisy(1, c -> 0.5));

    List<List<Integer>> minibatches = new ArrayList<>();
    for (List<EvaluationRequest> batch : play.batches) {
      if (Play.isTrial(batch.get(0))) {
        assertThat(batch)
            .extracting(EvaluationRequest::examples)
            .containsOnly(batch.get(0).examples());
        minibatches.add(batch.get(0).examples());
      }
    }
    assertThat(minibatches).hasSize(5).doesNotHaveDuplicates();
    assertThat(minibatches.stream().flatMap(List::stream).collect(Collectors.toSet())).hasSize(100);
  }

  @Test
  void areDrawnHarderAfterASaturatedOne() {
    // Examples from 90 on are hard for all but the second instructions; the rest is easy.
    Play.Surface mostlyEasy =
        (ask, example) ->
            OptionalDouble.of(example < 90 || ask.configuration().choice(0) == 1 ? 1 : 0);
    List<Integer> hard = IntStream.range(90, 100).boxed().toList();

    Play play =
        Play.of(
            Search.random(),
            Play.problem(Play.space(7, 13), 100),
            Play.budget(40, 5, 100, 2),
            mostlyEasy);

    List<List<EvaluationRequest>> trials =
        play.batches.stream().filter(batch -> Play.isTrial(batch.get(0))).toList();
    int harder = 0;
    for (int i = 0; i + 1 < trials.size(); i++) {
      if (trials.get(i).get(0).examples().stream().allMatch(example -> example < 90)) {
        assertThat(hard).containsAll(trials.get(i + 1).get(0).examples());
        harder++;
      }
    }
    assertThat(harder).isPositive();
    assertThat(play.run.notes())
        .hasSizeGreaterThanOrEqualTo(harder)
        .anyMatch(
            note ->
                note.matches(
                    "Saturated minibatch at trial \\d+: every score was 1.0; the next is drawn harder"));
  }

  @Test
  void rotateOnWhenTheHarderOneIsSaturatedToo() {
    Play play =
        Play.of(
            Search.random(),
            Play.problem(Play.space(7, 13), 100),
            Play.budget(8, 10, 100, 1),
            Play.Surface.exact(c -> 1));

    assertThat(play.trials().stream().map(EvaluationRequest::examples).distinct().count())
        .isGreaterThanOrEqualTo(4);
    assertThat(play.run.notes()).hasSize(8);
    // As the report counts: the baseline is trial 1.
    assertThat(play.run.notes().get(0)).startsWith("Saturated minibatch at trial 2:");
  }

  private static Minibatches minibatches(int size, long seed) {
    return new Minibatches(Play.range(100), STRATA, size, new SplittableRandom(seed));
  }
}
