package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InFlightLimitTest {
  private final AtomicLong clock = new AtomicLong();
  private final TestThreads threads = new TestThreads();

  private InFlightLimit limit(int max) {
    return new InFlightLimit(max, clock::incrementAndGet);
  }

  private static List<Long> fill(InFlightLimit limit, int calls) throws InterruptedException {
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      starts.add(limit.enter());
    }
    return starts;
  }

  @Test
  void cutsOncePerWindowHoweverManyCallsOfItAreRefused() throws Exception {
    InFlightLimit limit = limit(100);

    List<Long> window = fill(limit, 100);
    for (long start : window) {
      limit.onRateLimited(start);
      limit.exit();
    }
    assertThat(limit.limit()).isEqualTo(70);

    long next = limit.enter();
    limit.onRateLimited(next);
    limit.exit();
    assertThat(limit.limit()).isEqualTo(49);
  }

  @Test
  void neverFallsBelowOne() throws Exception {
    InFlightLimit limit = limit(5);

    for (int i = 0; i < 20; i++) {
      long start = limit.enter();
      limit.onRateLimited(start);
      limit.exit();
    }

    assertThat(limit.limit()).isEqualTo(1);
    limit.enter();
  }

  @Test
  void growsByOneForALimitsWorthOfSuccessesUpToTheBound() throws Exception {
    InFlightLimit limit = limit(10);
    limit.onRateLimited(limit.enter());
    limit.exit();
    assertThat(limit.limit()).isEqualTo(7);

    List<Integer> limits = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      int inFlight = limit.limit();
      fill(limit, inFlight);
      for (int i = 0; i < inFlight; i++) {
        limit.onSuccess();
      }
      for (int i = 0; i < inFlight; i++) {
        limit.exit();
      }
      limits.add(limit.limit());
    }

    assertThat(limits).containsExactly(8, 9, 10, 10, 10);
  }

  @Test
  void doesNotGrowWhileItHoldsNothingBack() throws Exception {
    InFlightLimit limit = limit(10);
    limit.onRateLimited(limit.enter());
    limit.exit();

    for (int i = 0; i < 100; i++) {
      limit.enter();
      limit.onSuccess();
      limit.exit();
    }

    assertThat(limit.limit()).isEqualTo(7);
  }

  @Test
  void letsCallsInByTheOrderInWhichTheyCame() throws Exception {
    InFlightLimit limit = limit(1);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    limit.enter();

    List<FutureTask<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      calls.add(
          threads.start(
              () -> {
                limit.enter();
                order.add(number);
                limit.exit();
                return true;
              }));
      threads.awaitWaitingFrom(i);
    }
    limit.exit();
    for (FutureTask<Boolean> call : calls) {
      call.get();
    }

    assertThat(order).isSorted().hasSize(20);
  }

  @Test
  void aCutHoldsEvenIfMoreCallsAreInFlight() throws Exception {
    InFlightLimit limit = limit(10);
    List<Long> starts = fill(limit, 10);
    limit.onRateLimited(starts.get(0));
    limit.exit();

    FutureTask<Long> waiting = threads.start(limit::enter);
    threads.awaitWaitingFrom(0);
    limit.exit();
    limit.exit();
    assertThat(waiting.isDone()).isFalse();
    limit.exit();

    waiting.get();
  }

  @Test
  void stopsWaitingWhenInterrupted() throws Exception {
    InFlightLimit limit = limit(1);
    limit.enter();
    LimitStep step = new LimitStep((r, w) -> FakeModel.reply("x"), limit);

    FutureTask<Boolean> flag =
        threads.start(
            () -> {
              assertThatThrownBy(() -> step.call(FakeModel.request("a"), AttemptListener.NONE))
                  .isInstanceOf(LmException.Interrupted.class);
              return Thread.currentThread().isInterrupted();
            });
    threads.awaitWaitingFrom(0);
    threads.thread(0).interrupt();

    assertThat(flag.get()).isTrue();
    limit.exit();
    assertThat(step.call(FakeModel.request("a"), AttemptListener.NONE).text()).isEqualTo("x");
  }

  @Test
  void neverLetsMoreInThanTheLimit() throws Exception {
    InFlightLimit limit = new InFlightLimit(7, System::nanoTime);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger number = new AtomicInteger();
    LimitStep step =
        new LimitStep(
            (request, watch) -> {
              most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              LockSupport.parkNanos(50_000);
              inFlight.decrementAndGet();
              if (number.incrementAndGet() % 50 == 0) {
                throw new LmException.RateLimited("busy", null, null);
              }
              return FakeModel.reply("x");
            },
            limit);

    List<FutureTask<Integer>> callers =
        threads.start(
            40,
            () -> {
              int refused = 0;
              for (int i = 0; i < 200; i++) {
                try {
                  step.call(FakeModel.request("a"), AttemptListener.NONE);
                } catch (LmException.RateLimited e) {
                  refused++;
                }
              }
              return refused;
            });
    int refused = 0;
    for (FutureTask<Integer> caller : callers) {
      refused += caller.get();
    }

    assertThat(refused).isEqualTo(40 * 200 / 50);
    assertThat(most.get()).isBetween(1, 7);
    assertThat(limit.limit()).isBetween(1, 7);
  }
}
