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

  @Test
  void quickRowsStayOnTheTasksThread() {
    List<Integer> found =
        all(
            5_000,
            row -> {
              workers.add(Thread.currentThread());
              return 2 * row;
            });

    assertThat(found).isEqualTo(IntStream.range(0, 5_000).map(row -> 2 * row).boxed().toList());
    assertThat(workers).containsExactly(Thread.currentThread());
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
