package dev.hone.context;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.pipeline.flow.ToldReply;
import dev.hone.price.Money;
import dev.hone.price.Price;
import dev.hone.price.PriceTable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BudgetTest {
  private static Context context(LanguageModel model, Budget budget) {
    RetrySettings quick = RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO);
    LmPipeline pipeline = LmPipeline.builder(model).retry(quick).maxInFlight(16).build();
    return Context.builder().lm(pipeline).budget(budget).build();
  }

  private static FakeModel failing(LmException error, int times) {
    AtomicInteger attempts = new AtomicInteger();
    return new FakeModel(
        "fake",
        r -> {
          if (attempts.incrementAndGet() <= times) {
            throw error;
          }
          return reply("ok");
        });
  }

  @Test
  void isAHardCapHoweverManyThreadsCall() {
    FakeModel model = FakeModel.saying("x");
    Context context = context(model, Budget.ofCalls(50));

    List<Boolean> answered =
        context.call(
            () ->
                context
                    .workers()
                    .map(
                        IntStream.range(0, 500).boxed().toList(),
                        i -> {
                          try {
                            context.callModel(request("question " + i));
                            return true;
                          } catch (LmException.BudgetExhausted e) {
                            return false;
                          }
                        }));

    assertThat(answered).filteredOn(yes -> yes).hasSize(50);
    assertThat(model.calls()).isEqualTo(50);
    assertThat(context.budget().spentCalls()).isEqualTo(50);
  }

  @Test
  void givesCachedRepliesEvenWhenItIsSpent() {
    Context context = context(FakeModel.saying("x"), Budget.ofCalls(1));

    context.callModel(request("a"));

    assertThat(context.callModel(request("a")).cached()).isTrue();
    assertThatThrownBy(() -> context.callModel(request("b")))
        .isInstanceOf(LmException.BudgetExhausted.class)
        .hasMessage("The budget of 1 model call is spent. Maybe raise it.");
  }

  @Test
  void countsRetriesToo() {
    FakeModel model = failing(new LmException.TimedOut("slow", null), 2);
    Context context = context(model, Budget.ofCalls(10));

    context.callModel(request("a"));

    assertThat(context.budget().spentCalls()).isEqualTo(3);
  }

  @Test
  void stopsRetriesWhenItIsSpent() {
    FakeModel model = failing(new LmException.TimedOut("slow", null), 100);
    Context context = context(model, Budget.ofCalls(2));

    assertThatThrownBy(() -> context.callModel(request("a")))
        .isInstanceOf(LmException.BudgetExhausted.class);

    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void doesNotCountWhatTheProviderRefusedForBeingTooMuch() {
    FakeModel model = failing(new LmException.RateLimited("busy", null, null), 2);
    Context context = context(model, Budget.ofCalls(1));

    context.callModel(request("a"));

    assertThat(model.calls()).isEqualTo(3);
    assertThat(context.budget().spentCalls()).isEqualTo(1);
  }

  @Test
  void isSharedByDerivedContexts() {
    Context context = context(FakeModel.saying("x"), Budget.ofCalls(1));
    Context derived = context.toBuilder().metadata("request", "2").build();

    derived.callModel(request("a"));

    assertThatThrownBy(() -> context.callModel(request("b")))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  void refusesAnAttemptThatMayTakeMoreTokensThanAreLeft() {
    FakeModel model = FakeModel.saying("x");
    Context context = context(model, Budget.ofTokens(60));
    LmOptions shortReplies = LmOptions.defaults().withMaxTokens(30);

    context.callModel(request("a").withOptions(shortReplies));
    context.callModel(request("b").withOptions(shortReplies));

    assertThat(context.budget().spentTokens()).isEqualTo(30);
    assertThatThrownBy(() -> context.callModel(request("c").withOptions(shortReplies)))
        .isInstanceOf(LmException.BudgetExhausted.class)
        .hasMessageMatching(
            "The budget of 60 tokens is spent: 30 tokens left, and the next attempt may take \\d+"
                + " tokens \\(\\d+ tokens in, 30 out\\)\\. Maybe raise it, or set a lower maxTokens\\.");
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void learnsFromRepliesHowManyTokensTheNextOneTakes() {
    Context context = context(FakeModel.saying("x"), Budget.ofTokens(400));

    for (int i = 0; i < 20; i++) {
      context.callModel(request("question " + i));
    }

    assertThat(context.budget().spentTokens()).isEqualTo(300);
  }

  @Test
  void anAttemptWaitsForThoseUnderWayWhereItDoesNotFitBesideThem() {
    FakeModel model = FakeModel.saying("x");
    Context context = context(model, Budget.ofTokens(3_000));

    List<Boolean> answered =
        context.call(
            () ->
                context
                    .workers()
                    .map(
                        IntStream.range(0, 150).boxed().toList(),
                        i -> {
                          context.callModel(
                              request("question " + i)
                                  .withOptions(LmOptions.defaults().withMaxTokens(600)));
                          return true;
                        }));

    assertThat(answered).hasSize(150);
    assertThat(context.budget().spentTokens()).isEqualTo(150 * 15);
  }

  @Test
  void stopsAtItsMoneyByThePricesOfTheContext() {
    FakeModel model = FakeModel.saying("x");
    Context context =
        context(model, Budget.ofMoney(0.01)).toBuilder()
            .prices(PriceTable.empty().with("fake:model", Price.perMillionTokens(100, 200)))
            .build();
    LmOptions shortReplies = LmOptions.defaults().withMaxTokens(5);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                context.callModel(request("question " + i).withOptions(shortReplies));
              }
            })
        .isInstanceOf(LmException.BudgetExhausted.class)
        .hasMessageStartingWith("The budget of $0.01 is spent");

    assertThat(context.budget().spentMoney().usd().orElseThrow())
        .isPositive()
        .isLessThanOrEqualTo(new BigDecimal("0.01"));
  }

  @Test
  void countsTokensOnlyForAModelWithoutAPrice() {
    Context context =
        context(FakeModel.saying("x"), Budget.ofMoney(0.001)).toBuilder()
            .prices(PriceTable.empty())
            .build();

    Spend spend = context.call(() -> Usage.track(() -> context.callModel(request("a")))).spend();

    assertThat(spend.money()).isEqualTo(Money.UNKNOWN);
    assertThat(spend).hasToString("1 model call, 0 cached, 15 tokens");
    assertThat(context.budget().spentMoney().known()).isFalse();
  }

  @Test
  void countsWhatItReservedWhereTheProviderDoesNotSayWhatACallCost() {
    FakeModel silent = new FakeModel("fake", r -> LmResponse.of("x", LmUsage.UNKNOWN, "fake"));
    Context context = context(silent, Budget.ofTokens(1_000));

    context.callModel(request("a").withOptions(LmOptions.defaults().withMaxTokens(400)));

    assertThat(context.budget().spentTokens()).isBetween(400L, 420L);
  }

  @Test
  void countsWhatItReservedForAnAttemptThatWasGivenUp() {
    FakeModel model = failing(new LmException.TimedOut("slow", null), 1);
    Context context =
        context(model, Budget.ofTokens(1_000)).toBuilder()
            .prices(PriceTable.empty().with("fake", Price.perMillionTokens(100, 200)))
            .build();
    LmRequest asked = request("a").withOptions(LmOptions.defaults().withMaxTokens(400));

    Spend spend = context.call(() -> Usage.track(() -> context.callModel(asked))).spend();

    assertThat(context.budget().spentTokens()).isBetween(415L, 435L);
    assertThat(context.budget().spentMoney().leastUsd())
        .isBetween(new BigDecimal("0.082"), new BigDecimal("0.084"));
    assertThat(context.budget().spentMoney().known()).isFalse();
    assertThat(spend.lmCalls()).isEqualTo(2);
    assertThat(spend.usage().totalTokens()).isEqualTo(15);
    assertThat(spend.usage().known()).isFalse();
    assertThat(spend.money()).isEqualTo(Money.ofUsd(new BigDecimal("0.002")).atLeast());
  }

  @Test
  void countsNoTokensOfAnAttemptThatFailedBeforeThereWasAReply() {
    FakeModel model = failing(new LmException.Unavailable("down", null, null), 1);
    Context context = context(model, Budget.unlimited());

    Spend spend = context.call(() -> Usage.track(() -> context.callModel(request("a")))).spend();

    assertThat(context.budget().spentTokens()).isEqualTo(15);
    assertThat(spend.usage()).isEqualTo(LmUsage.of(10, 5));
  }

  @Test
  void countsWhatItReservedForAReplyThatItsListenerStopped() {
    ContextKey<ToldReply.To> key = ContextKey.named("told");
    IllegalStateException enough = new IllegalStateException("enough");
    ReplyListener listener =
        new ReplyListener() {
          @Override
          public void onText(String delta) {
            throw enough;
          }
        };
    Context context = context(FakeModel.saying("x"), Budget.ofTokens(1_000));
    Context told = context.with(key, new ToldReply.To(listener));
    LmRequest asked = request("a").withOptions(LmOptions.defaults().withMaxTokens(400));

    assertThatThrownBy(() -> told.callModel(asked)).isSameAs(enough);

    assertThat(context.budget().spentTokens()).isBetween(400L, 420L);
  }

  @Test
  void givesCachedRepliesForNoTokens() {
    Context context = context(FakeModel.saying("x"), Budget.unlimited());

    context.callModel(request("a"));
    context.callModel(request("a"));

    assertThat(context.budget().spentTokens()).isEqualTo(15);
    assertThat(context.budget().spentCalls()).isEqualTo(1);
  }

  @Test
  void endsWithItsTimeWhichBeginsWithTheFirstAttempt() {
    SettableClock clock = new SettableClock();
    Budget budget = Budget.ofWallClock(Duration.ofHours(1));
    Context context = context(FakeModel.saying("x"), budget).toBuilder().clock(clock).build();
    clock.advance(Duration.ofHours(5));

    context.callModel(request("a"));
    clock.advance(Duration.ofMinutes(59));
    context.callModel(request("b"));
    clock.advance(Duration.ofMinutes(1));

    assertThatThrownBy(() -> context.callModel(request("c")))
        .isInstanceOf(LmException.BudgetExhausted.class)
        .hasMessage("The budget of PT1H of wall-clock time is spent. Maybe raise it.");
    assertThat(context.callModel(request("a")).cached()).isTrue();
  }

  @Test
  void hasSeveralLimitsOfWhichTheFirstReachedCounts() {
    Budget budget = Budget.ofCalls(1).tokens(1_000).wallClock(Duration.ofHours(1));
    Context context = context(FakeModel.saying("x"), budget);

    context.callModel(request("a"));

    assertThat(budget)
        .hasToString("Budget[1 of 1 model call, 15 of 1000 tokens, PT1H of wall-clock time]");
    assertThat(budget.tokensLeft()).hasValue(985);
    assertThat(budget.usdLeft()).isEmpty();
    assertThatThrownBy(() -> context.callModel(request("b")))
        .hasMessageContaining("The budget of 1 model call is spent");
    assertThat(budget.calls(2).spentCalls()).isZero();
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.EPOCH;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void refusesToBeNegative() {
    assertThatThrownBy(() -> Budget.ofCalls(-1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("(-1 calls) is negative");
    assertThatThrownBy(() -> Budget.ofTokens(-1)).hasMessageContaining("(-1 tokens) is negative");
    assertThatThrownBy(() -> Budget.ofMoney(-1)).hasMessageContaining("($-1.0) is negative");
    assertThatThrownBy(() -> Budget.ofWallClock(Duration.ofSeconds(-1)))
        .hasMessageContaining("(PT-1S) is negative");
  }
}
