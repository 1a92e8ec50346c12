package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.flow.FlowTime;
import dev.hone.work.FreeThreads;
import dev.hone.work.OrderedWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetryStepTest {
  private static final RetrySettings QUICK =
      RetrySettings.defaults().withDelays(Duration.ofMillis(1), Duration.ofMillis(2));

  private final AtomicInteger attempts = new AtomicInteger();

  private RetryStep failing(RetrySettings settings, LmException error, int times) {
    return failing(settings, error, times, FlowTime.SYSTEM);
  }

  private RetryStep failing(RetrySettings settings, LmException error, int times, FlowTime time) {
    return new RetryStep(
        (request, watch) -> {
          if (attempts.incrementAndGet() <= times) {
            throw error;
          }
          return reply("ok");
        },
        settings,
        "fake",
        time);
  }

  private static LmResponse call(RetryStep step) {
    return step.call(request("a"), AttemptListener.NONE);
  }

  @Test
  void triesAgainWhatMaySucceedLater() {
    RetryStep step = failing(QUICK, new LmException.TimedOut("slow", null), 3);

    assertThat(call(step).text()).isEqualTo("ok");
    assertThat(attempts).hasValue(4);
  }

  @Test
  void anotherThreadWorksInPlaceOfOneThatWaits() {
    CountDownLatch other = new CountDownLatch(1);
    RetryStep step =
        failing(QUICK, new LmException.TimedOut("slow", null), 1, new LatchTime(other));

    OrderedWork.<Integer, Boolean>of(
            List.of(0, 1),
            i -> {
              if (i == 0) {
                call(step);
              } else {
                other.countDown();
              }
              return true;
            },
            done -> {},
            new FreeThreads(0, 1),
            UnaryOperator.identity())
        .run();

    assertThat(attempts).hasValue(2);
  }

  /** Time in which every wait lasts until a latch is open. */
  private record LatchTime(CountDownLatch latch) implements FlowTime {
    @Override
    public long nanoTime() {
      return SYSTEM.nanoTime();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
      latch.await();
    }

    @Override
    public boolean await(CountDownLatch other, long nanos) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable code) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void givesUpWithTheLastErrorAfterMaxAttempts() {
    LmException error = new LmException.Unavailable("down", null, null);
    RetryStep step = failing(QUICK, error, 100);

    assertThatThrownBy(() -> call(step)).isSameAs(error);
    assertThat(attempts).hasValue(4);
  }

  @Test
  void waitsForAModelThatIsAwayAndSaysSoOnce() {
    AtomicInteger said = new AtomicInteger();
    AttemptListener listener =
        new AttemptListener() {
          @Override
          public void onOutage(LmException error, Duration delay) {
            assertThat(error).isInstanceOf(LmException.RateLimited.class);
            said.incrementAndGet();
          }
        };
    RetryStep step =
        failing(
            QUICK.withOutageTime(Duration.ofMinutes(1)),
            new LmException.RateLimited("too many", null, null),
            20);

    assertThat(step.call(request("a"), listener).text()).isEqualTo("ok");
    assertThat(attempts).hasValue(21);
    assertThat(said).hasValue(1);
  }

  @Test
  void failsAsEverWhenTheOutageLastsTooLong() {
    LmException error = new LmException.Unavailable("down", null, null);
    RetryStep step =
        failing(
            QUICK
                .withDelays(Duration.ofMillis(1), Duration.ofMillis(4))
                .withOutageTime(Duration.ofMillis(800)),
            error,
            1_000_000);

    assertThatThrownBy(() -> call(step)).isSameAs(error);
    assertThat(attempts.get()).isGreaterThan(4);
  }

  @Test
  void aReplyThatIsTooSlowIsNoOutage() {
    LmException error = new LmException.TimedOut("slow", null);
    RetryStep step = failing(QUICK.withOutageTime(Duration.ofMinutes(1)), error, 100);

    assertThatThrownBy(() -> call(step)).isSameAs(error);
    assertThat(attempts).hasValue(4);
  }

  @Test
  void doesNotTryAgainWhatIsFatal() {
    LmException error = new LmException.Unauthorized("who are you", null);
    RetryStep step = failing(QUICK, error, 100);

    assertThatThrownBy(() -> call(step)).isSameAs(error);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void doesNotTryAgainWithoutRetries() {
    LmException error = new LmException.Unavailable("down", null, null);
    RetryStep step = failing(RetrySettings.none(), error, 100);

    assertThatThrownBy(() -> call(step)).isSameAs(error);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void waitsAtLeastAsLongAsTheProviderAsks() {
    Duration asked = Duration.ofMillis(40);
    RetryStep step = failing(QUICK, new LmException.RateLimited("later", asked, null), 2);

    long start = System.nanoTime();
    call(step);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(asked.plus(asked));
  }

  @Test
  void failsAtOnceWhenTheNextDelayDoesNotFitIntoTheTotalTime() {
    LmException error = new LmException.RateLimited("tomorrow", Duration.ofHours(9), null);
    RetryStep step = failing(QUICK, error, 100);

    assertThatThrownBy(() -> call(step)).isSameAs(error);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void stopsWaitingWhenInterrupted() {
    LmException error = new LmException.RateLimited("later", Duration.ofMinutes(1), null);
    RetryStep step = failing(QUICK, error, 100);
    TestThreads threads = new TestThreads();

    FutureTask<Boolean> flag =
        threads.start(
            () -> {
              assertThatThrownBy(() -> call(step)).isInstanceOf(LmException.Interrupted.class);
              return Thread.currentThread().isInterrupted();
            });
    threads.awaitWaitingFrom(0);
    threads.thread(0).interrupt();

    assertThat(flag).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void letsAnErrorPass() {
    AssertionError error = new AssertionError("x");
    RetryStep step =
        new RetryStep(
            (request, watch) -> {
              throw error;
            },
            QUICK,
            "fake");

    assertThatThrownBy(() -> call(step)).isSameAs(error);
  }
}
