package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.pipeline.flow.CallWindow;
import dev.hone.pipeline.flow.InFlightLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class InFlightLimitTest {
  private final TestThreads threads = new TestThreads();

  private static InFlightLimit limit(int max) {
    return new InFlightLimit(max);
  }

  private static Deque<CallWindow> fill(InFlightLimit limit, int calls)
      throws InterruptedException {
    Deque<CallWindow> windows = new ArrayDeque<>();
    for (int i = 0; i < calls; i++) {
      windows.add(limit.enter());
    }
    return windows;
  }

  /** Ends the calls that began first. */
  private static void refuse(InFlightLimit limit, Deque<CallWindow> begun, int calls) {
    for (int i = 0; i < calls; i++) {
      limit.onRateLimited(begun.remove());
      limit.exit();
    }
  }

  private static void answer(InFlightLimit limit, Deque<CallWindow> begun, int calls) {
    for (int i = 0; i < calls; i++) {
      limit.onSuccess(begun.remove());
      limit.exit();
    }
  }

  /** As many calls as the limit lets in at once; those beyond a provider's places are refused. */
  private static void round(InFlightLimit limit, int places) throws InterruptedException {
    int inFlight = limit.limit();
    Deque<CallWindow> begun = fill(limit, inFlight);
    refuse(limit, begun, Math.max(0, inFlight - places));
    answer(limit, begun, begun.size());
  }

  /** Calls one after the other's end, with the limit full; a share of them is refused by chance. */
  private static void strays(InFlightLimit limit, int calls, double share, long seed)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    Deque<CallWindow> begun = fill(limit, limit.limit());
    for (int i = 0; i < calls; i++) {
      if (random.nextDouble() < share) {
        refuse(limit, begun, 1);
      } else {
        answer(limit, begun, 1);
      }
      begun.addAll(fill(limit, limit.limit() - begun.size()));
    }
    answer(limit, begun, begun.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 100, 1000})
  void straysAreNotTakenForOverload(int max) throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      InFlightLimit limit = limit(max);

      strays(limit, 20_000, 0.05, seed);

      assertThat(limit.limit()).as("seed " + seed).isGreaterThan(max * 3 / 4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 100, 1000})
  void aProviderThatRefusesHalfIsGivenWayTo(int max) throws Exception {
    InFlightLimit limit = limit(max);

    strays(limit, 20_000, 0.5, 1);

    assertThat(limit.limit()).isLessThan(Math.max(5, max / 10));
  }

  @Test
  void aBurstCutsToWhatTheProviderTakesWithinOneWindow() throws Exception {
    InFlightLimit limit = limit(1000);

    round(limit, 400);

    assertThat(limit.limit()).isBetween(380, 400);
  }

  @Test
  void refusalsThatComeBeforeAnyAnswerAreComparedWithAllThatIsInFlight() throws Exception {
    InFlightLimit limit = limit(1000);
    Deque<CallWindow> begun = fill(limit, 1000);

    refuse(limit, begun, 50);

    assertThat(limit.limit()).isEqualTo(1000);
    refuse(limit, begun, 60);
    assertThat(limit.limit()).isEqualTo(890);
  }

  @Test
  void oneWindowNeverCutsBelowAQuarter() throws Exception {
    InFlightLimit limit = limit(1000);

    refuse(limit, fill(limit, 1000), 1000);

    assertThat(limit.limit()).isEqualTo(250);
  }

  @Test
  void aProviderThatRefusesAllIsAskedByOneCallAtATime() throws Exception {
    InFlightLimit limit = limit(1000);

    for (int i = 0; i < 60; i++) {
      round(limit, 0);
    }

    assertThat(limit.limit()).isEqualTo(1);
    limit.enter();
  }

  @Test
  void recoversAfterABurst() throws Exception {
    InFlightLimit limit = limit(1000);
    round(limit, 0);
    round(limit, 0);
    assertThat(limit.limit()).isLessThan(100);

    int rounds = 0;
    while (limit.limit() < 1000 && rounds < 200) {
      round(limit, 1000);
      rounds++;
    }

    assertThat(rounds).isLessThan(80);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 500})
  void findsThePlacesOfAProviderAndStaysThere(int places) throws Exception {
    InFlightLimit limit = limit(1000);

    for (int i = 0; i < 100; i++) {
      round(limit, places);
    }
    for (int i = 0; i < 100; i++) {
      round(limit, places);
      assertThat(limit.limit()).isBetween(places / 2, places * 5 / 4 + 4);
    }
  }

  @Test
  void refusalsOfCallsThatBeganInAnEarlierWindowSayNothing() throws Exception {
    InFlightLimit limit = limit(100);
    Deque<CallWindow> old = fill(limit, 40);
    Deque<CallWindow> rest = fill(limit, 60);
    answer(limit, rest, 60);
    for (int i = 0; i < 40; i++) {
      answer(limit, fill(limit, 1), 1);
    }

    refuse(limit, old, 40);

    assertThat(limit.limit()).isEqualTo(100);
  }

  @Test
  void otherFailuresAreNoRefusals() throws Exception {
    InFlightLimit limit = limit(100);

    for (CallWindow window : fill(limit, 100)) {
      limit.onFailure(window);
      limit.exit();
    }

    assertThat(limit.limit()).isEqualTo(100);
  }

  @Test
  void growsByOneForALimitsWorthOfSuccessesUpToTheBound() throws Exception {
    InFlightLimit limit = limit(10);
    Deque<CallWindow> begun = fill(limit, 10);
    refuse(limit, begun, 5);
    assertThat(limit.limit()).isEqualTo(5);
    for (CallWindow window : begun) {
      limit.onFailure(window);
      limit.exit();
    }

    List<Integer> limits = new ArrayList<>();
    for (int round = 0; round < 7; round++) {
      int inFlight = limit.limit();
      fill(limit, inFlight).forEach(limit::onSuccess);
      for (int i = 0; i < inFlight; i++) {
        limit.exit();
      }
      limits.add(limit.limit());
    }

    assertThat(limits).containsExactly(6, 7, 8, 9, 10, 10, 10);
  }

  @Test
  void doesNotGrowWhileItHoldsNothingBack() throws Exception {
    InFlightLimit limit = limit(10);
    Deque<CallWindow> begun = fill(limit, 10);
    refuse(limit, begun, 5);
    answer(limit, begun, 5);
    int cut = limit.limit();

    for (int i = 0; i < 100; i++) {
      answer(limit, fill(limit, 1), 1);
    }

    assertThat(limit.limit()).isEqualTo(cut).isLessThan(10);
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
    refuse(limit, fill(limit, 10), 5);
    assertThat(limit.limit()).isEqualTo(5);

    FutureTask<CallWindow> waiting = threads.start(limit::enter);
    threads.awaitWaitingFrom(0);
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
    InFlightLimit limit = limit(7);
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
