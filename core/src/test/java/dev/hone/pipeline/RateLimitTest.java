package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.pipeline.flow.RateLimit;
import dev.hone.pipeline.flow.RateLimit.Turn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final VirtualTime time = new VirtualTime();
  private final RateLimit rates = new RateLimit(time, 60, 0);

  private Turn reserve() {
    Turn turn = rates.reserve(0, Long.MAX_VALUE);
    assertThat(turn).isNotNull();
    return turn;
  }

  private static long seconds(Turn turn) {
    return Math.round(turn.waitNanos() / 1e9);
  }

  private List<Turn> turns(int count) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      turns.add(reserve());
    }
    return turns;
  }

  @Test
  void aTurnThatIsNotUsedIsNotGivenTwiceWhileOthersWaitBehindIt() {
    List<Turn> turns = turns(10);
    assertThat(turns).extracting(RateLimitTest::seconds).startsWith(0L, 1L, 2L).endsWith(9L);

    turns.subList(1, 6).forEach(rates::giveBack);

    assertThat(turns(3)).extracting(RateLimitTest::seconds).containsExactly(10L, 11L, 12L);
  }

  @Test
  void turnsThatNobodyWaitsBehindAreGivenAgain() {
    List<Turn> turns = turns(10);
    List<Turn> left = new ArrayList<>(turns.subList(3, 10));
    Collections.shuffle(left, new java.util.Random(1));

    left.forEach(rates::giveBack);

    assertThat(turns(2)).extracting(RateLimitTest::seconds).containsExactly(3L, 4L);
  }
}
