package dev.hone.pipeline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Callers without end and a provider of a few places, in virtual time and on one thread: a refusal
 * takes 1 ms, a reply 200 ms, and a refused caller comes back after half a second.
 */
class LimitSimulationTest {
  private static final long MILLI = 1_000_000;

  private final SetTime time = new SetTime();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final SplittableRandom random = new SplittableRandom(1);
  private long number;
  private long refusalMillis = 1;
  private int serving;
  private int answered;
  private int refused;

  private record Event(long at, long number, Runnable what) {}

  private void after(long millis, Runnable what) {
    events.add(new Event(time.now + millis * MILLI, number++, what));
  }

  private void run(
      InFlightLimit limit, int callers, int seconds, double strays, IntUnaryOperator places)
      throws InterruptedException {
    Deque<Integer> waiting = new ArrayDeque<>();
    for (int i = 0; i < callers; i++) {
      waiting.add(i);
    }
    long end = time.now + seconds * 1_000 * MILLI;
    after(1, () -> {});
    while (time.now < end) {
      limit.open(time.processor);
      for (CallWindow window = next(limit, waiting);
          window != null;
          window = next(limit, waiting)) {
        waiting.remove();
        send(limit, waiting, window, strays, places);
        if (waiting.isEmpty()) {
          break;
        }
      }
      Event next = events.remove();
      time.now = next.at();
      next.what().run();
      after(1, () -> {});
      while (!events.isEmpty() && events.peek().at() <= time.now) {
        events.remove().what().run();
      }
    }
  }

  private static CallWindow next(InFlightLimit limit, Deque<Integer> waiting)
      throws InterruptedException {
    return waiting.isEmpty() ? null : limit.tryEnter(0);
  }

  private void send(
      InFlightLimit limit,
      Deque<Integer> waiting,
      CallWindow window,
      double strays,
      IntUnaryOperator places) {
    int second = (int) (time.now / (1_000 * MILLI));
    if (serving >= places.applyAsInt(second) || random.nextDouble() < strays) {
      after(
          refusalMillis,
          () -> {
            refused++;
            limit.onRateLimited(window);
            limit.exit();
            after(500, () -> waiting.add(0));
          });
      return;
    }
    serving++;
    after(
        200,
        () -> {
          serving--;
          answered++;
          limit.onSuccess(window);
          limit.exit();
          waiting.add(0);
        });
  }

  @ParameterizedTest
  @CsvSource({"64, 1000", "64, 128", "32, 1000", "300, 1000", "64, 64"})
  void reachesNineTenthsOfWhatIsPossibleWithinTenSecondsAndFewAreRefused(int places, int max)
      throws Exception {
    run(InFlightLimit.opening(max, time, EndedAttempts.enough()), 2_000, 10, 0, second -> places);

    double possible = places * 5.0 * 10;
    assertThat(answered / possible).as("share of what is possible").isGreaterThan(0.9);
    assertThat((double) refused / (answered + refused)).as("refused").isLessThan(0.02);
  }

  @ParameterizedTest
  @CsvSource({"64, 3", "64, 10", "300, 10", "32, 10"})
  void aProcessWhoseFirstRefusalsAreLateHasFewRefused(int places, int lateMillis) throws Exception {
    refusalMillis = lateMillis;

    run(InFlightLimit.opening(1_000, time, EndedAttempts.none()), 2_000, 10, 0, second -> places);

    double possible = places * 5.0 * 10;
    assertThat(answered / possible).as("share of what is possible").isGreaterThan(0.85);
    assertThat((double) refused / (answered + refused)).as("refused").isLessThan(0.02);
  }

  @ParameterizedTest
  @CsvSource({"10", "50"})
  void refusalsOfAllThatWaitAreOneWaveAndNoMore(int lateMillis) throws Exception {
    refusalMillis = lateMillis;
    InFlightLimit limit = InFlightLimit.opening(1_000, time, EndedAttempts.enough());

    run(limit, 2_000, 20, 0, second -> 64);

    assertThat(refused).isLessThan(1_000 - 64 + 100);
    assertThat(answered / (64 * 5.0 * 20)).isGreaterThan(0.9);
    assertThat(limit.limit()).isBetween(55, 70);
  }

  @Test
  void followsAProviderThatGetsSmallerAndLarger() throws Exception {
    InFlightLimit limit = InFlightLimit.opening(1_000, time, EndedAttempts.enough());

    run(limit, 2_000, 60, 0, second -> second < 20 ? 200 : second < 40 ? 40 : 200);

    double possible = (200 + 40 + 200) * 5.0 * 20;
    assertThat(answered / possible).isGreaterThan(0.8);
    assertThat((double) refused / (answered + refused)).isLessThan(0.02);
    assertThat(limit.limit()).isBetween(170, 210);
  }

  @Test
  void growsAgainWhereOneInTwentyIsRefusedByChance() throws Exception {
    InFlightLimit limit = InFlightLimit.opening(500, time, EndedAttempts.enough());

    run(limit, 2_000, 60, 0.05, second -> second < 5 ? 20 : 10_000);

    assertThat(limit.limit()).isGreaterThan(375);
  }

  @Test
  void opensFurtherWhereAFewAreRefusedByChance() throws Exception {
    InFlightLimit limit = InFlightLimit.opening(1_000, time, EndedAttempts.enough());

    run(limit, 2_000, 10, 0.05, second -> 10_000);

    assertThat(limit.limit()).isGreaterThan(700);
  }

  @Test
  void opensToAllPlacesOfALargeProviderInAFifthOfASecond() throws Exception {
    InFlightLimit limit = InFlightLimit.opening(1_000, time, EndedAttempts.enough());

    run(limit, 2_000, 2, 0, second -> 10_000);

    assertThat(refused).isZero();
    assertThat(answered / (1_000 * 5.0 * 2)).isGreaterThan(0.85);
    assertThat(limit.limit()).isEqualTo(1_000);
  }
}
