package dev.hone.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.lm.LmException;
import dev.hone.pipeline.TestThreads;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of any length, in order, within a window. */
@Timeout(60)
class OrderedWorkTest {
  private static final int THREADS = 8;

  private final FreeThreads free = new FreeThreads(THREADS, 0);

  private <R> void run(
      Iterator<Integer> items, int window, Function<Integer, R> function, Consumer<R> results) {
    OrderedWork.<Integer, R>streaming(
            items, window, function, results, free, UnaryOperator.identity())
        .apart()
        .run();
    assertThat(free.count()).isEqualTo(THREADS);
  }

  private static Iterator<Integer> numbers(int size) {
    return IntStream.range(0, size).iterator();
  }

  @RepeatedTest(20)
  void handsOnInOrderWithinItsWindow() {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Integer> results = new ArrayList<>();
    Iterator<Integer> counting =
        new Iterator<>() {
          private final Iterator<Integer> numbers = numbers(3_000);

          @Override
          public boolean hasNext() {
            return numbers.hasNext();
          }

          @Override
          public Integer next() {
            most.accumulateAndGet(taken.incrementAndGet() - results.size(), Math::max);
            return numbers.next();
          }
        };

    run(
        counting,
        16,
        i -> {
          if (ThreadLocalRandom.current().nextInt(50) == 0) {
            LockSupport.parkNanos(200_000);
          }
          return i;
        },
        results::add);

    assertThat(results).isEqualTo(IntStream.range(0, 3_000).boxed().toList());
    assertThat(most.get()).isBetween(1, 17);
  }

  @Test
  void worksOnSeveralItemsAtOnce() {
    CountDownLatch all = new CountDownLatch(THREADS);

    run(
        numbers(THREADS),
        64,
        i -> {
          all.countDown();
          try {
            all.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return i;
        },
        i -> {});

    assertThat(all.getCount()).isZero();
  }

  @RepeatedTest(50)
  void afterAFailureHandsOnWhatIsBeforeItAndThrowsIt() {
    List<Integer> results = new ArrayList<>();

    assertThatThrownBy(
            () ->
                run(
                    numbers(10_000),
                    64,
                    i -> {
                      if (i >= 70 && i % 7 == 0) {
                        throw new IllegalStateException("item " + i);
                      }
                      return i;
                    },
                    results::add))
        .hasMessage("item 70");
    assertThat(results).isEqualTo(IntStream.range(0, 70).boxed().toList());
  }

  @RepeatedTest(20)
  void aFailureOfTheItemsOrOfWhatTakesTheResultsEndsIt() {
    List<Integer> results = new ArrayList<>();
    Iterator<Integer> failing =
        IntStream.range(0, 1_000)
            .peek(
                i -> {
                  if (i == 100) {
                    throw new IllegalStateException("the file is broken");
                  }
                })
            .iterator();

    assertThatThrownBy(() -> run(failing, 32, i -> i, results::add))
        .hasMessage("the file is broken");
    assertThat(results).isEqualTo(IntStream.range(0, 100).boxed().toList());

    results.clear();
    assertThatThrownBy(
            () ->
                run(
                    numbers(1_000),
                    32,
                    i -> i,
                    i -> {
                      if (i == 50) {
                        throw new IllegalStateException("the disk is full");
                      }
                      results.add(i);
                    }))
        .hasMessage("the disk is full");
    assertThat(results).isEqualTo(IntStream.range(0, 50).boxed().toList());
  }

  @RepeatedTest(5)
  void anInterruptEndsAStreamThatHasNoEnd() {
    TestThreads threads = new TestThreads();
    AtomicLong handedOn = new AtomicLong();
    FutureTask<Throwable> caller =
        threads.start(
            () ->
                catchThrowable(
                    () ->
                        run(
                            IntStream.iterate(0, i -> i + 1).iterator(),
                            32,
                            i -> i,
                            i -> handedOn.incrementAndGet())));
    TestThreads.await(() -> handedOn.get() > 1_000);

    threads.thread(0).interrupt();

    assertThat(catchThrowable(caller::get)).isNull();
    assertThat(resultOf(caller)).isInstanceOf(LmException.Interrupted.class);
    long before = handedOn.get();
    LockSupport.parkNanos(5_000_000);
    assertThat(handedOn.get()).isEqualTo(before);
    assertThat(free.count()).isEqualTo(THREADS);
  }

  @Test
  void aSpareThreadWorksInPlaceOfOneThatWaits() {
    FreeThreads none = new FreeThreads(0, 1);
    CountDownLatch othersDone = new CountDownLatch(99);
    List<Integer> results = new ArrayList<>();

    OrderedWork.<Integer, Integer>of(
            IntStream.range(0, 100).boxed().toList(),
            i -> {
              if (i == 0) {
                waitReplaced(othersDone::await);
              } else {
                othersDone.countDown();
              }
              return i;
            },
            results::add,
            none,
            UnaryOperator.identity())
        .run();

    assertThat(results).isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(none.count()).isZero();
    assertThat(none.trySpare()).isTrue();
  }

  @RepeatedTest(5)
  void noMoreThanAllThreadsAndTheSpareOnesWork() {
    FreeThreads few = new FreeThreads(3, 2);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger mostLater = new AtomicInteger();

    OrderedWork.<Integer, Integer>of(
            IntStream.range(0, 2_000).boxed().toList(),
            i -> {
              most.accumulateAndGet(working.incrementAndGet(), Math::max);
              if (i > 1_500) {
                mostLater.accumulateAndGet(working.get(), Math::max);
              } else if (i < 1_000 && i % 7 == 0) {
                working.decrementAndGet();
                waitReplaced(() -> LockSupport.parkNanos(20_000));
                most.accumulateAndGet(working.incrementAndGet(), Math::max);
              }
              LockSupport.parkNanos(1_000);
              working.decrementAndGet();
              return i;
            },
            i -> {},
            few,
            UnaryOperator.identity())
        .run();

    assertThat(most.get()).isBetween(4, 6);
    assertThat(mostLater.get()).isBetween(1, 4);
    assertThat(few.count()).isEqualTo(3);
  }

  @Test
  void aThreadThatDoesNoWorkJustWaits() throws Exception {
    AtomicInteger waited = new AtomicInteger();

    OrderedWork.replacedWhile(waited::incrementAndGet);

    assertThat(waited).hasValue(1);
  }

  private static void waitReplaced(OrderedWork.Waiting waiting) {
    try {
      OrderedWork.replacedWhile(waiting);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Throwable resultOf(FutureTask<Throwable> task) {
    try {
      return task.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
