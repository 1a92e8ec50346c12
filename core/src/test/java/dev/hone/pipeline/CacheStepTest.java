package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CacheStepTest {
  private static final RequestKey.Model FAKE = RequestKey.Model.named("fake");

  private final AtomicInteger paid = new AtomicInteger();
  private final CountDownLatch takeOff = new CountDownLatch(1);
  private final CountDownLatch landing = new CountDownLatch(1);
  private final TestThreads threads = new TestThreads();

  private static CacheStep step(PipelineStep next) {
    return new CacheStep(next, LmCache.memory(), FAKE);
  }

  private static LmResponse call(CacheStep step, String text) {
    return step.call(request(text), AttemptListener.NONE);
  }

  /** Lets the first call wait in the air, and answers or fails by the number of the call. */
  private CacheStep blocking(java.util.function.IntFunction<LmResponse> byNumber) {
    return step(
        (request, watch) -> {
          int number = paid.incrementAndGet();
          if (number == 1) {
            takeOff.countDown();
            try {
              landing.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new LmException.Interrupted("interrupted", e);
            }
          }
          return byNumber.apply(number);
        });
  }

  /** Starts a leader and some that wait for it. */
  private List<FutureTask<LmResponse>> flight(CacheStep step, int waiters) throws Exception {
    FutureTask<LmResponse> leader = threads.start(() -> call(step, "a"));
    takeOff.await();
    List<FutureTask<LmResponse>> waiting = threads.start(waiters, () -> call(step, "a"));
    threads.awaitWaitingFrom(0);
    List<FutureTask<LmResponse>> all = new java.util.ArrayList<>(waiting);
    all.add(0, leader);
    return all;
  }

  private static LmException failure() {
    return new LmException.InvalidRequest("no", null);
  }

  @Test
  void paysForIdenticalConcurrentCallsOnce() throws Exception {
    CacheStep step = blocking(number -> reply("r" + number));

    List<FutureTask<LmResponse>> calls = flight(step, 20);
    landing.countDown();

    assertThat(calls.get(0).get()).isEqualTo(reply("r1"));
    for (FutureTask<LmResponse> waiter : calls.subList(1, 21)) {
      assertThat(waiter.get()).isEqualTo(reply("r1").asCached());
    }
    assertThat(paid).hasValue(1);
  }

  @Test
  void letsThoseThatWaitedTryAgainAsOneFlightWhenTheLeaderFails() throws Exception {
    CacheStep step =
        blocking(
            number -> {
              if (number == 1) {
                throw failure();
              }
              return reply("r" + number);
            });

    List<FutureTask<LmResponse>> calls = flight(step, 20);
    landing.countDown();

    assertThatThrownBy(() -> calls.get(0).get()).hasCauseInstanceOf(LmException.class);
    long paidReplies = 0;
    for (FutureTask<LmResponse> waiter : calls.subList(1, 21)) {
      assertThat(waiter.get().text()).isEqualTo("r2");
      paidReplies += waiter.get().cached() ? 0 : 1;
    }
    assertThat(paidReplies).isEqualTo(1);
    assertThat(paid).hasValue(2);
  }

  @Test
  void givesUpWhenTheSecondFlightFailsToo() throws Exception {
    CacheStep step =
        blocking(
            number -> {
              throw failure();
            });

    List<FutureTask<LmResponse>> calls = flight(step, 20);
    landing.countDown();

    for (FutureTask<LmResponse> call : calls) {
      assertThatThrownBy(call::get).hasCauseInstanceOf(LmException.InvalidRequest.class);
    }
    assertThat(paid.get()).isLessThan(22).isGreaterThan(1);
  }

  @Test
  void isNotPoisonedByAnInterruptedLeader() throws Exception {
    CacheStep step = blocking(number -> reply("r" + number));

    List<FutureTask<LmResponse>> calls = flight(step, 3);
    threads.thread(0).interrupt();

    assertThatThrownBy(() -> calls.get(0).get()).hasCauseInstanceOf(LmException.Interrupted.class);
    for (FutureTask<LmResponse> waiter : calls.subList(1, 4)) {
      assertThat(waiter.get().text()).isEqualTo("r2");
    }
  }

  @Test
  void doesNotShareWhatConcernsTheLeaderAlone() throws Exception {
    CacheStep step =
        blocking(
            number -> {
              if (number < 4) {
                throw new LmException.BudgetExhausted("spent");
              }
              return reply("rich");
            });

    List<FutureTask<LmResponse>> calls = flight(step, 5);
    landing.countDown();

    int refused = 0;
    for (FutureTask<LmResponse> call : calls) {
      try {
        assertThat(call.get().text()).isEqualTo("rich");
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(LmException.BudgetExhausted.class);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(3);
  }

  @Test
  void stopsWaitingWhenInterrupted() throws Exception {
    CacheStep step = blocking(number -> reply("r" + number));

    List<FutureTask<LmResponse>> calls = flight(step, 2);
    threads.thread(1).interrupt();
    assertThatThrownBy(() -> calls.get(1).get()).hasCauseInstanceOf(LmException.Interrupted.class);
    landing.countDown();

    assertThat(calls.get(0).get().text()).isEqualTo("r1");
    assertThat(calls.get(2).get().text()).isEqualTo("r1");
  }

  @Test
  void doesNotKeepAFailure() {
    AtomicReference<LmException> failure = new AtomicReference<>(failure());
    CacheStep step =
        step(
            (request, watch) -> {
              if (failure.get() != null) {
                throw failure.get();
              }
              return reply("repaired");
            });

    assertThatThrownBy(() -> call(step, "a")).isSameAs(failure.get());
    failure.set(null);

    assertThat(call(step, "a")).isEqualTo(reply("repaired"));
  }

  @Test
  void keepsTenantsApart() {
    CacheStep step = step((request, watch) -> reply("r" + paid.incrementAndGet()));

    LmResponse one = step.call(request("a").withCacheScope("one"), AttemptListener.NONE);
    LmResponse two = step.call(request("a").withCacheScope("two"), AttemptListener.NONE);

    assertThat(one.text()).isEqualTo("r1");
    assertThat(two.text()).isEqualTo("r2");
    assertThat(two.cached()).isFalse();
  }

  @Test
  void losesNoReplyWhenTheCacheIsBroken() {
    LmCache broken =
        new LmCache() {
          @Override
          public Optional<LmResponse> get(String key) {
            throw new IllegalStateException("cannot read");
          }

          @Override
          public void put(String key, LmResponse response) {
            throw new IllegalStateException("cannot write");
          }
        };
    CacheStep step = new CacheStep((request, watch) -> reply("paid"), broken, FAKE);

    assertThat(call(step, "a").text()).isEqualTo("paid");
  }

  /** A flight may land, and its reply be kept, after a caller's first look into the cache. */
  @Test
  @SuppressWarnings("NullAway") // what a careless cache does
  void takesNullFromACacheForAReplyThatIsNotKnown() {
    LmCache careless =
        new LmCache() {
          @Override
          public Optional<LmResponse> get(String key) {
            return null;
          }

          @Override
          public void put(String key, LmResponse response) {}
        };
    CacheStep step = new CacheStep((request, watch) -> reply("paid"), careless, FAKE);

    assertThat(call(step, "a").text()).isEqualTo("paid");
  }

  @Test
  void looksAgainBeforeItPays() {
    AtomicInteger looks = new AtomicInteger();
    LmCache missesOnce =
        new LmCache() {
          @Override
          public Optional<LmResponse> get(String key) {
            return looks.incrementAndGet() == 1 ? Optional.empty() : Optional.of(reply("kept"));
          }

          @Override
          public void put(String key, LmResponse response) {
            throw new AssertionError("nothing is to be kept");
          }
        };
    CacheStep step =
        new CacheStep((request, watch) -> reply("r" + paid.incrementAndGet()), missesOnce, FAKE);

    assertThat(call(step, "a")).isEqualTo(reply("kept").asCached());
    assertThat(looks).hasValue(2);
    assertThat(paid).hasValue(0);
  }

  /** A cache that several processes share, seen from one of them. */
  private static class SharedCache implements LmCache {
    private final LmCache memory = LmCache.memory();
    private final AtomicInteger rights = new AtomicInteger();

    @Override
    public Optional<LmResponse> get(String key) {
      return memory.get(key);
    }

    @Override
    public void put(String key, LmResponse response) {
      assertThat(rights).hasValue(1);
      memory.put(key, response);
    }

    @Override
    public Lease lease(String key) {
      rights.incrementAndGet();
      return rights::decrementAndGet;
    }
  }

  @Test
  void paysWithTheRightToPayAndGivesItBack() {
    SharedCache cache = new SharedCache();
    CacheStep step = new CacheStep((request, watch) -> reply("paid"), cache, FAKE);

    assertThat(call(step, "a").text()).isEqualTo("paid");

    assertThat(cache.rights).hasValue(0);
  }

  @Test
  void givesTheRightBackWhenTheCallFails() {
    SharedCache cache = new SharedCache();
    LmException failure = failure();
    CacheStep step =
        new CacheStep(
            (request, watch) -> {
              throw failure;
            },
            cache,
            FAKE);

    assertThatThrownBy(() -> call(step, "a")).isSameAs(failure);

    assertThat(cache.rights).hasValue(0);
  }

  @Test
  void takesTheReplyThatAnotherProcessPaidForWhileItWaited() {
    SharedCache cache =
        new SharedCache() {
          @Override
          public Lease lease(String key) {
            Lease lease = super.lease(key);
            put(key, reply("of another"));
            return lease;
          }
        };
    CacheStep step =
        new CacheStep((request, watch) -> reply("r" + paid.incrementAndGet()), cache, FAKE);

    assertThat(call(step, "a")).isEqualTo(reply("of another").asCached());
    assertThat(paid).hasValue(0);
  }

  @Test
  void paysWithoutARightWhenTheCacheCannotGiveOne() {
    SharedCache cache =
        new SharedCache() {
          @Override
          public Lease lease(String key) {
            throw new IllegalStateException("locked");
          }
        };
    CacheStep step =
        new CacheStep((request, watch) -> reply("r" + paid.incrementAndGet()), cache, FAKE);

    assertThat(call(step, "a").text()).isEqualTo("r1");
  }

  @Test
  void neverPaysTwiceHoweverTheCallsFall() throws Exception {
    CacheStep step = step((request, watch) -> reply("r" + paid.incrementAndGet()));

    List<FutureTask<Boolean>> callers =
        threads.start(
            8,
            () -> {
              for (int i = 0; i < 2_000; i++) {
                call(step, "question " + i);
              }
              return true;
            });
    for (FutureTask<Boolean> caller : callers) {
      caller.get();
    }

    assertThat(paid).hasValue(2_000);
  }
}
