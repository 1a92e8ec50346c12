package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.pipeline.flow.Deadline;
import dev.hone.pipeline.flow.PassingTime;
import dev.hone.pipeline.flow.RateLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RateLimitTest {
  private final TestThreads threads = new TestThreads();
  private final PassingTime time = new PassingTime();
  private final RateLimit rates = new RateLimit(time, 60, 0);

  /** Time that stands still, so that a wait ends only with news. */
  private static final class StillTime extends PassingTime {
    @Override
    public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
      latch.await();
      return true;
    }
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private FutureTask<Boolean> inLine() {
    return threads.start(() -> rates.becomeFirst(0, Deadline.NONE));
  }

  @Test
  void whoGivesUpLeavesNoHoleInTheLine() throws Exception {
    assertThat(rates.tryTake(0)).isTrue();
    assertThat(rates.tryTake(0)).isFalse();
    assertThat(rates.becomeFirst(0, Deadline.NONE)).isTrue();
    inLine();
    inLine();
    TestThreads.await(() -> !rates.isDueWithin(0, nanos(3.5)));
    assertThat(rates.isDueWithin(0, nanos(4.5))).as("the fourth after the one made").isTrue();

    threads.thread(0).interrupt();
    threads.thread(1).interrupt();

    TestThreads.await(() -> rates.isDueWithin(0, nanos(2.5)));
    assertThat(rates.take(0, Deadline.NONE)).isTrue();
    rates.leave(0);
    assertThat(time.nanoTime()).isBetween(nanos(1), nanos(1.1));
    assertThat(rates.isDueWithin(0, nanos(1.1))).isTrue();
  }

  @Test
  void theyGoInTheOrderInWhichTheyCameEachInItsTime() throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Long> times = Collections.synchronizedList(new ArrayList<>());
    List<FutureTask<Boolean>> calls = new ArrayList<>();
    assertThat(rates.becomeFirst(0, Deadline.NONE)).isTrue();
    for (int i = 0; i < 5; i++) {
      int number = i;
      calls.add(
          threads.start(
              () -> {
                rates.becomeFirst(0, Deadline.NONE);
                boolean taken = rates.take(0, Deadline.NONE);
                order.add(number);
                times.add(time.nanoTime());
                rates.leave(0);
                return taken;
              }));
      threads.awaitWaitingFrom(i);
    }

    rates.leave(0);

    for (FutureTask<Boolean> call : calls) {
      assertThat(call.get()).isTrue();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isBetween(nanos(1), nanos(1.1));
    }
  }

  @Test
  void theFirstLooksAgainWhenAnEstimateIsPutRight() throws Exception {
    RateLimit tokens = new RateLimit(new StillTime(), 0, 60_000);
    assertThat(tokens.tryTake(30_000)).isTrue();
    assertThat(tokens.tryTake(100)).isFalse();
    FutureTask<Boolean> next =
        threads.start(
            () -> {
              tokens.becomeFirst(100, Deadline.NONE);
              return tokens.take(100, Deadline.NONE);
            });
    threads.awaitWaitingFrom(0);

    tokens.correct(30_000, 200);

    assertThat(next.get()).isTrue();
  }

  @Test
  void moreTokensThanWereEstimatedLetTheFirstWaitForLonger() throws Exception {
    RateLimit tokens = new RateLimit(time, 0, 60_000);
    assertThat(tokens.tryTake(1_000)).isTrue();
    assertThat(tokens.becomeFirst(100, Deadline.NONE)).isTrue();

    tokens.correct(1_000, 11_000);

    assertThat(tokens.take(100, Deadline.NONE)).isTrue();
    assertThat(time.nanoTime()).isBetween(nanos(10), nanos(11));
  }
}
