package dev.hone.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.pipeline.TestThreads;
import dev.hone.work.OrderedWork;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private static List<Integer> numbers(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  @Test
  void givesResultsInTheOrderOfTheItems() {
    List<Integer> squares = new Workers(8).map(numbers(1_000), i -> i * i);

    assertThat(squares).isEqualTo(numbers(1_000).stream().map(i -> i * i).toList());
  }

  @Test
  void givesNothingForNothing() {
    assertThat(new Workers(8).map(List.of(), i -> i)).isEmpty();
  }

  @Test
  void takesNullItemsAndGivesNullResults() {
    List<Integer> items = Arrays.asList(1, null, 3);

    List<Integer> results = new Workers(3).map(items, i -> i == null ? 0 : null);

    assertThat(results).containsExactly(null, 0, null);
  }

  @Test
  void worksOnAsManyThreadsAsItIsAllowed() {
    CyclicBarrier all = new CyclicBarrier(6);

    List<Boolean> met =
        new Workers(6)
            .map(
                numbers(6),
                i -> {
                  await(all::await);
                  return true;
                });

    assertThat(met).hasSize(6);
  }

  @Test
  void hasHalfAsManyThreadsAgainAsCallsMayBeInFlight() {
    CyclicBarrier all = new CyclicBarrier(9);

    List<Boolean> met =
        Workers.forCalls(6)
            .map(
                numbers(9),
                i -> {
                  await(all::await);
                  return true;
                });

    assertThat(met).hasSize(9);
    assertThat(Workers.forCalls(6).free()).isEqualTo(8);
    assertThat(Workers.forCalls(1).free()).isZero();
    assertThat(Workers.forCalls(256).free()).isEqualTo(383);
  }

  @Test
  void ofManyCallsHasSpareThreadsOnlyForThoseThatWaitToTryAgain() {
    assertThat(Workers.forCalls(257).free()).isEqualTo(256);
    assertThat(Workers.forCalls(Integer.MAX_VALUE).free()).isEqualTo((1 << 20) - 1);
    CountDownLatch othersDone = new CountDownLatch(100);

    List<Integer> results =
        Workers.forCalls(300)
            .map(
                numbers(400),
                i -> {
                  if (i < 300) {
                    await(() -> OrderedWork.replacedWhile(othersDone::await));
                  } else {
                    othersDone.countDown();
                  }
                  return i;
                });

    assertThat(results).isEqualTo(numbers(400));
  }

  @Test
  void worksOnTheCallersThreadAloneIfItIsAllowedOne() {
    Set<Thread> threads =
        new HashSet<>(new Workers(1).map(numbers(50), i -> Thread.currentThread()));

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void bindsTheCallersContextOnEveryThread() {
    Context context = Context.builder().metadata("request", "7").build();

    List<Context> seen =
        context.call(() -> new Workers(8).map(numbers(200), i -> Context.current()));

    assertThat(new HashSet<>(seen)).containsExactly(context);
  }

  @Test
  void sharesItsThreadsWithNestedUseWithoutEverWaitingForOne() {
    Workers workers = new Workers(4);
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    List<Integer> sums =
        workers.map(
            numbers(20),
            i ->
                workers
                    .map(
                        numbers(20),
                        j ->
                            workers
                                .map(
                                    numbers(5),
                                    k -> {
                                      most.accumulateAndGet(busy.incrementAndGet(), Math::max);
                                      LockSupport.parkNanos(50_000);
                                      busy.decrementAndGet();
                                      return 1;
                                    })
                                .size())
                    .stream()
                    .mapToInt(Integer::intValue)
                    .sum());

    assertThat(sums).hasSize(20).containsOnly(100);
    assertThat(most.get()).isBetween(1, 4);
  }

  @Test
  void hasAllItsThreadsAgainAsSoonAsItReturns() {
    Workers workers = new Workers(6);

    for (int round = 0; round < 500; round++) {
      workers.map(numbers(round % 20), i -> i);
      assertThat(workers.free()).isEqualTo(5);
      assertThatThrownBy(
              () ->
                  workers.map(
                      numbers(20),
                      i -> {
                        throw new IllegalStateException("x");
                      }))
          .hasMessage("x");
      assertThat(workers.free()).isEqualTo(5);
    }
  }

  @Test
  void takesThreadsInThatBecomeFreeWhileItWorks() {
    Workers workers = new Workers(2);
    CyclicBarrier both = new CyclicBarrier(2);
    CountDownLatch nestedBegan = new CountDownLatch(1);

    List<Integer> sizes =
        workers.map(
            numbers(2),
            outer -> {
              if (outer == 1) {
                await(nestedBegan::await);
                return 0;
              }
              return workers
                  .map(
                      numbers(3),
                      inner -> {
                        if (inner == 0) {
                          nestedBegan.countDown();
                          TestThreads.await(() -> workers.free() == 1);
                        } else {
                          await(both::await);
                        }
                        return inner;
                      })
                  .size();
            });

    assertThat(sizes).containsExactly(3, 0);
  }

  private interface Waiting {
    void run() throws Exception;
  }

  private static void await(Waiting waiting) {
    try {
      waiting.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @RepeatedTest(50)
  void throwsTheFirstFailureInTheOrderOfItems() {
    assertThatThrownBy(
            () ->
                new Workers(8)
                    .map(
                        numbers(100),
                        i -> {
                          if (i >= 20 && i % 2 == 1) {
                            throw new IllegalStateException("item " + i);
                          }
                          return i;
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("item 21");
  }

  @Test
  void leavesOutWhatWasNotBegunBeforeAFailure() {
    AtomicInteger begun = new AtomicInteger();

    assertThatThrownBy(
            () ->
                new Workers(4)
                    .map(
                        numbers(100_000),
                        i -> {
                          begun.incrementAndGet();
                          throw new IllegalStateException("x");
                        }))
        .hasMessage("x");

    assertThat(begun.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void throwsAnErrorAsItIs() {
    AssertionError error = new AssertionError("x");

    assertThatThrownBy(
            () ->
                new Workers(4)
                    .map(
                        numbers(10),
                        i -> {
                          throw error;
                        }))
        .isSameAs(error);
  }

  @Test
  void passesAnInterruptOnAndReturnsOnlyWhenNoWorkGoesOn() throws Exception {
    TestThreads threads = new TestThreads();
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();

    FutureTask<Boolean> caller =
        threads.start(
            () -> {
              assertThatThrownBy(
                      () ->
                          new Workers(5)
                              .map(
                                  numbers(100),
                                  i -> {
                                    begun.incrementAndGet();
                                    try {
                                      never.await();
                                    } catch (InterruptedException e) {
                                      interrupted.incrementAndGet();
                                      Thread.currentThread().interrupt();
                                      throw new LmException.Interrupted("x", e);
                                    }
                                    return i;
                                  }))
                  .isInstanceOf(LmException.Interrupted.class);
              assertThat(interrupted.get()).isEqualTo(5);
              return Thread.currentThread().isInterrupted();
            });
    TestThreads.await(() -> begun.get() == 5);
    threads.thread(0).interrupt();

    assertThat(caller.get()).isTrue();
    assertThat(begun).hasValue(5);
  }

  @Test
  void worksApartFromTheCallerOnAsManyThreadsAsItIsAllowed() {
    Context context = Context.builder().metadata("request", "7").build();
    Workers workers = new Workers(6);
    CyclicBarrier all = new CyclicBarrier(6);

    List<Thread> threads =
        context.call(
            () ->
                workers.mapApart(
                    numbers(6),
                    100,
                    i -> {
                      await(all::await);
                      assertThat(Context.current()).isSameAs(context);
                      return Thread.currentThread();
                    }));

    assertThat(new HashSet<>(threads)).hasSize(6).doesNotContain(Thread.currentThread());
    assertThat(workers.free()).isEqualTo(5);
    assertThat(workers.mapApart(List.of(), 1, i -> i)).isEmpty();
    assertThat(new HashSet<>(workers.mapApart(numbers(50), 1, i -> Thread.currentThread())))
        .hasSize(1);
  }

  @Test
  void throwsWhatAnItemThrewApartFromTheCaller() {
    for (int round = 0; round < 200; round++) {
      assertThatThrownBy(
              () ->
                  new Workers(4)
                      .mapApart(
                          numbers(30),
                          4,
                          i -> {
                            if (i >= 5) {
                              throw new IllegalStateException("item " + i);
                            }
                            return i;
                          }))
          .hasMessage("item 5");
    }
  }

  @Test
  void comesBackFromWorkThatIgnoresAnInterruptAndHasAllItsThreadsAgain() throws Exception {
    Workers workers = new Workers(3);
    TestThreads threads = new TestThreads();
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch end = new CountDownLatch(1);

    FutureTask<Throwable> caller =
        threads.start(
            () -> {
              try {
                workers.mapApart(
                    numbers(3),
                    3,
                    i -> {
                      begun.incrementAndGet();
                      while (end.getCount() > 0) {
                        LockSupport.parkNanos(1_000_000);
                        Thread.interrupted();
                      }
                      return i;
                    });
              } catch (LmException.Interrupted e) {
                return e;
              }
              return new AssertionError("it returned");
            });
    TestThreads.await(() -> begun.get() == 3);
    threads.thread(0).interrupt();

    assertThat(caller.get())
        .hasMessage(
            "Interrupted while waiting for other threads; 3 threads did not end and are left behind");
    assertThat(workers.free()).isEqualTo(2);
    end.countDown();
    assertThat(workers.map(numbers(20), i -> i)).hasSize(20);
    assertThat(workers.free()).isEqualTo(2);
  }

  @Test
  void neverInterruptsAThreadThatHasGoneOnToOtherWork() throws Exception {
    Workers workers = new Workers(4);
    AtomicInteger strayInterrupts = new AtomicInteger();
    TestThreads threads = new TestThreads();

    for (int round = 0; round < 100; round++) {
      FutureTask<Boolean> caller =
          threads.start(
              () -> {
                try {
                  workers.map(numbers(50), i -> i);
                } catch (LmException.Interrupted e) {
                  return true;
                }
                return false;
              });
      threads.thread(round).interrupt();
      new Workers(4)
          .map(
              numbers(50),
              i -> {
                if (Thread.currentThread().isInterrupted()) {
                  strayInterrupts.incrementAndGet();
                }
                return i;
              });
      caller.get();
    }

    assertThat(strayInterrupts).hasValue(0);
  }
}
