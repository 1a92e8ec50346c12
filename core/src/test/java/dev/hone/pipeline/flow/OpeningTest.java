package dev.hone.pipeline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpeningTest {
  private static final long MILLI = 1_000_000;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final SetTime time = new SetTime();
  private final Opening opening = new Opening(time, EndedAttempts.enough(), true);

  private boolean isDueAfter(long millis, double busyShare) {
    time.now += millis * MILLI;
    time.processor += (long) (busyShare * PROCESSORS * millis * MILLI);
    return opening.isStepDue(time.processor);
  }

  @BeforeEach
  void callsBeginToWait() {
    opening.begin(time.processor);
  }

  @Test
  void aStepTakes20MillisecondsWhereTheProcessorsHaveTime() {
    assertThat(isDueAfter(0, 0)).isFalse();
    assertThat(isDueAfter(19, 0.2)).isFalse();
    assertThat(isDueAfter(1, 0.2)).isTrue();
    assertThat(isDueAfter(19, 0.2)).isFalse();
    assertThat(isDueAfter(1, 0.2)).isTrue();
  }

  @Test
  void aStepTakes80MillisecondsWhereTheProcessKeepsThemBusy() {
    assertThat(isDueAfter(0, 0)).isFalse();
    assertThat(isDueAfter(20, 0.9)).isFalse();
    assertThat(isDueAfter(20, 0.9)).isFalse();
    assertThat(isDueAfter(20, 0.9)).isFalse();
    assertThat(isDueAfter(20, 0.9)).isTrue();
    assertThat(isDueAfter(20, 0.2)).isTrue();
  }

  @Test
  void aStepEndsOnceTheyHaveTimeAgain() {
    assertThat(isDueAfter(0, 0)).isFalse();
    assertThat(isDueAfter(20, 0.9)).isFalse();
    assertThat(isDueAfter(20, 0)).isTrue();
  }

  @Test
  void whatWasBeforeCallsBeganToWaitDoesNotCount() {
    time.now += 60_000 * MILLI;
    time.processor += 60_000 * MILLI;

    opening.begin(time.processor);

    assertThat(isDueAfter(0, 0)).isFalse();
    assertThat(isDueAfter(20, 0.9)).isFalse();
    assertThat(isDueAfter(20, 0.2)).isFalse();
    assertThat(isDueAfter(20, 0.2)).isTrue();
  }

  @Test
  void aRefusalOfAQuietLimitDoesNotEndTheOpening() throws InterruptedException {
    InFlightLimit limit = InFlightLimit.opening(1_000, time, EndedAttempts.enough());
    limit.onRateLimited(limit.enter());
    limit.exit();

    time.now += 20 * MILLI;
    limit.open(time.processor);

    assertThat(limit.limit()).isGreaterThan(Opening.START);
  }

  @Test
  void theRefusedAttemptsOfOneCallLeaveTheLimitAsItWas() throws InterruptedException {
    InFlightLimit limit = InFlightLimit.opening(1_000, time, EndedAttempts.enough());

    for (int i = 0; i < 4; i++) {
      CallWindow window = limit.enter();
      limit.onRateLimited(window);
      limit.exit();
    }

    assertThat(limit.limit()).isEqualTo(Opening.START);
  }
}
