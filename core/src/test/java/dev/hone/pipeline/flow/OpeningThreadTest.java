package dev.hone.pipeline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.pipeline.TestThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpeningThreadTest {
  private final CountingTime time = new CountingTime();
  private final TestThreads threads = new TestThreads();

  /** The time of this process, which counts the threads that it gives. */
  private static final class CountingTime implements FlowTime {
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public long nanoTime() {
      return SYSTEM.nanoTime();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
      SYSTEM.sleep(nanos);
    }

    @Override
    public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
      return SYSTEM.await(latch, nanos);
    }

    @Override
    public void execute(Runnable code) {
      SYSTEM.execute(
          () -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            code.run();
            underWay.decrementAndGet();
          });
    }
  }

  @Test
  void allThatWaitGetInThoughNoCallEndsAndOneThreadLooksAfterThem() throws Exception {
    InFlightLimit limit = InFlightLimit.opening(300, time, EndedAttempts.enough());
    CountDownLatch begin = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(300);
    threads.start(
        300,
        () -> {
          begin.await();
          limit.enter();
          entered.countDown();
          return true;
        });
    threads.awaitWaitingFrom(0);

    begin.countDown();

    entered.await();
    assertThat(limit.limit()).isEqualTo(300);
    assertThat(time.most.get()).isBetween(1, 2);
    TestThreads.await(() -> time.underWay.get() == 0);
  }

  @Test
  void whoComesInDoesNotLetItGoOn() throws Exception {
    SetTime set = new SetTime();
    InFlightLimit limit = InFlightLimit.opening(300, set, EndedAttempts.enough());
    limit.open(set.processor);

    for (int i = 0; i < Opening.START; i++) {
      set.now += Opening.STEP_NANOS;
      set.processor += 4 * Opening.STEP_NANOS * Runtime.getRuntime().availableProcessors();
      limit.enter();
    }

    assertThat(limit.tryEnter(0)).isNull();
    assertThat(limit.limit()).isEqualTo(Opening.START);
  }

  @Test
  void thoseThatWaitForATimeOnlyAreLookedAfterToo() throws Exception {
    InFlightLimit limit = InFlightLimit.opening(40, time, EndedAttempts.enough());
    for (int i = 0; i < Opening.START; i++) {
      limit.enter();
    }

    for (int i = Opening.START; i < 40; i++) {
      assertThat(limit.tryEnter(30_000_000_000L)).isNotNull();
    }

    assertThat(limit.tryEnter(1_000_000)).isNull();
  }

  @Test
  void noThreadIsLeftWhereNobodyWaits() throws Exception {
    InFlightLimit limit = InFlightLimit.opening(1_000, time, EndedAttempts.none());
    for (int i = 0; i < Opening.START; i++) {
      limit.enter();
    }

    assertThat(limit.tryEnter(50_000_000)).isNull();

    TestThreads.await(() -> time.underWay.get() == 0);
    assertThat(time.most).hasValue(1);
  }
}
