package dev.hone.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 50).boxed().toList();

  @Test
  void shufflesAsTheJdkDoes() {
    for (int size : new int[] {0, 1, 2, 5, 50}) {
      for (long seed = 0; seed < 20; seed++) {
        List<Integer> expected = new ArrayList<>(NUMBERS.subList(0, size));
        Random theirs = new Random(seed);
        Collections.shuffle(expected, theirs);
        Random ours = new Random(seed);

        List<Integer> shuffled = RandomSource.shuffled(NUMBERS.subList(0, size), ours);

        assertThat(shuffled).isEqualTo(expected);
        assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
      }
    }
  }

  @Test
  void leavesTheListThatItShufflesAsItWas() {
    List<Integer> before = new ArrayList<>(NUMBERS);

    List<Integer> shuffled = RandomSource.shuffled(before, new SplittableRandom(1));

    assertThat(before).isEqualTo(NUMBERS);
    assertThat(shuffled).isNotEqualTo(NUMBERS).containsExactlyInAnyOrderElementsOf(NUMBERS);
  }

  @Test
  void samplesAtMostAsManyAsThereAre() {
    assertThat(RandomSource.sample(NUMBERS, 7, new SplittableRandom(1)))
        .hasSize(7)
        .doesNotHaveDuplicates()
        .isSubsetOf(NUMBERS);
    assertThat(RandomSource.sample(NUMBERS, 70, new SplittableRandom(1))).hasSize(50);
  }

  @Test
  void givesEachPurposeItsOwnNumbers() {
    RandomSource source = new RandomSource(3);

    assertThat(source.of("search").nextLong()).isEqualTo(source.of("search").nextLong());
    assertThat(source.of("search").nextLong()).isNotEqualTo(source.of("demos").nextLong());
    assertThat(source.of("search").nextLong())
        .isNotEqualTo(new RandomSource(4).of("search").nextLong());
  }
}
