package dev.hone.price.reserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.TestThreads;
import dev.hone.price.Price;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Room that is left for the calls of an earlier time, and what becomes of it. */
class BudgetAccountTest {
  /** A million tokens for a dollar: a reply of 100,000 tokens is a tenth of one. */
  private static final Price PRICE = Price.perMillionTokens(1, 1);

  private static final LmUsage PAID = LmUsage.of(0, 100_000);
  private static final BigDecimal TENTH = new BigDecimal("0.1");

  private final LmRequest request =
      LmRequest.of(LmMessage.user("a question"))
          .withOptions(LmOptions.defaults().withMaxTokens(100_000));

  private static BudgetAccount account(long calls, String usd) {
    return new BudgetAccount(
        new BudgetLimits(calls, BudgetLimits.NO_LIMIT, new BigDecimal(usd), null));
  }

  private void pay(BudgetAccount account) {
    account.reserve(request, "m", PRICE, Clock.systemUTC()).settle(PAID);
  }

  private void replay(BudgetAccount account, BigDecimal awaitedUsd) {
    account.settleReplayed(request, "m", PRICE, 1, PAID, awaitedUsd);
  }

  @Test
  void noNewCallTakesTheRoomOfCallsThatAreReplayedLater() {
    BudgetAccount account = account(10, "0.55");
    account.expect(4, 400_000, new BigDecimal("0.4"));

    pay(account);

    assertThatThrownBy(() -> pay(account))
        .isInstanceOf(LmException.BudgetExhausted.class)
        .hasMessageContaining("$0.55 is spent: $0.05 left");
  }

  @Test
  void roomIsTakenBackByTheCallThatItWasLeftFor() {
    BudgetAccount account = account(4, "0.45");
    account.expect(3, 300_000, new BigDecimal("0.3"));

    for (int i = 0; i < 3; i++) {
      replay(account, TENTH);
    }
    pay(account);

    assertThat(account.calls()).isEqualTo(4);
    assertThat(account.tokens()).isEqualTo(400_000);
    assertThat(account.money().leastUsd()).isEqualByComparingTo("0.4");
    assertThatThrownBy(() -> pay(account)).hasMessageContaining("4 model calls is spent");
  }

  @Test
  void aModelWithoutAPriceIsAskedThoughTheDollarsAreOverspent() {
    BudgetAccount account = account(10, "0.2");
    account
        .reserve(request, "m", PRICE, Clock.systemUTC())
        .settle(LmUsage.of(100_000, 200_000)); // more than was expected

    account.reserve(request, "unpriced", null, Clock.systemUTC()).settle(PAID);

    assertThat(account.calls()).isEqualTo(2);
    assertThatThrownBy(() -> pay(account)).isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  void aCallThatIsReplayedUnderAnotherBudgetGivesItsRoomBackHere() {
    BudgetAccount here = account(1, "0.15");
    BudgetAccount elsewhere = account(5, "1");
    here.expect(1, 100_000, TENTH);

    replay(elsewhere, null);
    here.expect(-1, -100_000, TENTH.negate());
    pay(here);

    assertThat(here.calls()).isEqualTo(1);
    assertThat(elsewhere.calls()).isEqualTo(1);
    assertThat(elsewhere.money().leastUsd()).isEqualByComparingTo("0.1");
  }

  @Test
  void whatIsReplayedCountsWhateverTheLimitsAre() {
    BudgetAccount account = account(1, "0.05");
    account.expect(3, 300_000, new BigDecimal("0.3"));

    for (int i = 0; i < 3; i++) {
      replay(account, TENTH);
    }

    assertThat(account.calls()).isEqualTo(3);
    assertThatThrownBy(() -> pay(account)).isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  @Timeout(30)
  void nobodyWaitsForAnAttemptThatWasGivenUpThoughItsThreadGoesOn() throws Exception {
    BudgetAccount account = account(10, "0.15");
    Reservation slow = account.reserve(request, "m", PRICE, Clock.systemUTC());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    FutureTask<Boolean> worker =
        new TestThreads()
            .start(
                () -> {
                  slow.onOtherThread(
                      () -> {
                        begun.countDown();
                        awaitAll(end);
                      });
                  return true;
                });
    begun.await();

    slow.settle(PAID);

    assertThatThrownBy(() -> pay(account))
        .isInstanceOf(LmException.BudgetExhausted.class)
        .hasMessageContaining("$0.15 is spent: $0.05 left");
    end.countDown();
    assertThat(worker.get()).isTrue();
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
