package dev.hone.optimize.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedOrderTest {
  private static final List<String> STRATA =
      IntStream.range(0, 100).mapToObj(i -> i % 5 == 0 ? "few" : "many").toList();
  private static final List<Integer> ALL = IntStream.range(0, 100).boxed().toList();

  @Test
  void systematicOrdersHoldTheStrataInAnyStretchOfTheCircle() {
    for (int seed = 0; seed < 50; seed++) {
      List<Integer> order = StratifiedOrder.systematic(ALL, STRATA, new SplittableRandom(seed));
      List<Integer> circle = new ArrayList<>(order);
      circle.addAll(order);

      assertThat(order).containsExactlyInAnyOrderElementsOf(ALL);
      for (int from = 0; from < 100; from++) {
        assertThat(few(circle.subList(from, from + 20))).isBetween(3L, 5L);
      }
    }
  }

  @Test
  void jitteredOrdersHoldTheStrataInAnyPrefix() {
    for (int seed = 0; seed < 50; seed++) {
      List<Integer> order = StratifiedOrder.jittered(STRATA, new SplittableRandom(seed));

      assertThat(order).containsExactlyInAnyOrderElementsOf(ALL);
      for (int size = 10; size <= 100; size += 10) {
        assertThat(few(order.subList(0, size))).isBetween(size / 5 - 1L, size / 5 + 1L);
      }
    }
  }

  @Test
  void ordersSomeOfTheExamplesByTheirIndex() {
    List<Integer> some = ALL.subList(40, 60);

    assertThat(StratifiedOrder.systematic(some, STRATA, new SplittableRandom(1)))
        .containsExactlyInAnyOrderElementsOf(some);
  }

  private static long few(List<Integer> examples) {
    return examples.stream().filter(example -> example % 5 == 0).count();
  }
}
