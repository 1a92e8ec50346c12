package dev.hone.pipeline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.TestThreads;
import dev.hone.pipeline.flow.Places.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rates and the limit on calls in flight, together. */
@Timeout(60)
class PlacesTest {
  private static final LmRequest REQUEST = FakeModel.request("q");

  private final TestThreads threads = new TestThreads();
  private final EventfulTime time = new EventfulTime();
  private final InFlightLimit limit = new InFlightLimit(1);

  /** During whose waits something happens. */
  private static final class EventfulTime extends PassingTime {
    private Runnable whileItPasses = () -> {};

    @Override
    public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
      sleep(nanos);
      whileItPasses.run();
      return latch.getCount() == 0;
    }
  }

  private Places places(RateLimit rates) {
    return Places.of(limit, rates, time, "m");
  }

  @Test
  void timesThatPassWhileAllPlacesAreTakenDoNotEndAtOnce() throws Exception {
    Places places = places(new RateLimit(time, 60, 0));
    Place slow = places.take(REQUEST, Deadline.NONE);
    List<FutureTask<Long>> later =
        threads.start(
            5,
            () -> {
              Place place = places.take(REQUEST, Deadline.NONE);
              long madeAt = time.nanoTime();
              place.answered(FakeModel.reply("quick"));
              return madeAt;
            });
    threads.awaitWaitingFrom(0);

    time.pass(Duration.ofMinutes(1));
    slow.answered(FakeModel.reply("slow"));

    List<Long> times = new ArrayList<>();
    for (FutureTask<Long> call : later) {
      times.add(call.get());
    }
    times.sort(null);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(1_000_000_000);
    }
  }

  @Test
  void thePlaceIsGivenBackOfACallWhoseTimeDoesNotComeBeforeItsDeadline() throws Exception {
    RateLimit rates = new RateLimit(time, 0, 60_000);
    assertThat(rates.tryTake(1_000)).isTrue();
    time.whileItPasses = () -> rates.correct(0, 100_000);

    assertThatThrownBy(
            () -> places(rates).take(REQUEST, Deadline.after(time, Duration.ofSeconds(5))))
        .isInstanceOf(LmException.TimedOut.class)
        .hasMessageContaining("its rate per minute is used up");

    assertThat(limit.tryEnter(0)).isNotNull();
    assertThat(rates.becomeFirst(0, Deadline.NONE)).as("nobody is left in line").isTrue();
  }

  @Test
  void noSecondAttemptGoesBeforeCallsThatWaitForTheirTime() throws Exception {
    RateLimit rates = new RateLimit(time, 60, 0);
    Places places = places(rates);
    assertThat(rates.becomeFirst(0, Deadline.NONE)).isTrue();

    assertThat(places.tryTake(REQUEST)).isEmpty();

    rates.leave(0);
    assertThat(places.tryTake(REQUEST)).isPresent();
  }
}
