package dev.hone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartitionWorkTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private List<Integer> all(int rows, Function<Integer, Integer> work) {
    Iterator<Integer> answered =
        PartitionWork.of(IntStream.range(0, rows).iterator(), work, threads, 8);
    List<Integer> found = new ArrayList<>();
    answered.forEachRemaining(found::add);
    return found;
  }

  private static void waits(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many of 5,000 rows are sent to others, by a clock by which rows take these times. */
  private static int sent(long quickMicros, long slowMillis, Integer... slow) {
    AtomicLong nanos = new AtomicLong();
    AtomicInteger sent = new AtomicInteger();
    Iterator<Integer> answered =
        PartitionWork.of(
            IntStream.range(0, 5_000).iterator(),
            row -> {
              boolean isSlow = Set.of(slow).contains(row);
              nanos.addAndGet(isSlow ? slowMillis * 1_000_000 : quickMicros * 1_000);
              return 2 * row;
            },
            left -> sent.incrementAndGet(),
            8,
            nanos::get);
    List<Integer> found = new ArrayList<>();
    answered.forEachRemaining(found::add);
    assertThat(found).isEqualTo(IntStream.range(0, 5_000).map(row -> 2 * row).boxed().toList());
    return sent.get();
  }

  @Test
  void quickRowsStayOnTheTasksThread() {
    assertThat(sent(1, 20)).isZero();
  }

  @Test
  void onePauseOfTheProcessSendsNoRowsAwayAndASecondDoes() {
    assertThat(sent(1, 20, 100)).isZero();
    assertThat(sent(1, 20, 100, 4_000)).isPositive();
  }

  @Test
  void aRowLongerThanAnyPauseSendsAway() {
    assertThat(sent(1, 500, 100)).isPositive();
  }

  @Test
  void slowRowsThatTakeLittleOfTheTimeSendNone() {
    assertThat(sent(1_000, 20, 100, 102)).isPositive();
    assertThat(sent(1_000, 20, 100, 140)).isZero();
    assertThat(sent(1_000, 20, 100, 4_000)).isZero();
  }

  @Test
  void slowRowsAreUnderWayAtOnceInTheirOrder() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    List<Integer> found =
        all(
            300,
            row -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              waits(15 + row % 7);
              underWay.decrementAndGet();
              return row;
            });

    assertThat(found).isEqualTo(IntStream.range(0, 300).boxed().toList());
    assertThat(most).hasValueGreaterThanOrEqualTo(8);
  }

  @Test
  void aFewSlowRowsAmongQuickOnesAreEnoughWhereTheyTakeTheTime() {
    List<Integer> found =
        all(
            2_000,
            row -> {
              if (row % 100 == 99) {
                workers.add(Thread.currentThread());
                waits(50);
              }
              return row;
            });

    assertThat(found).hasSize(2_000);
    assertThat(workers).hasSizeGreaterThan(2);
  }
}
