package dev.hone.context;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
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
  void stopsAtItsTokensAndCountsWhatWasUnderWay() {
    Context context = context(FakeModel.saying("x"), Budget.ofTokens(20));

    context.callModel(request("a"));
    context.callModel(request("b"));

    assertThat(context.budget().spentTokens()).isEqualTo(30);
    assertThatThrownBy(() -> context.callModel(request("c")))
        .isInstanceOf(LmException.BudgetExhausted.class)
        .hasMessage("The budget of 20 tokens is spent. Maybe raise it.");
    assertThat(context.budget().spentCalls()).isEqualTo(2);
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
    assertThatThrownBy(() -> Budget.ofWallClock(Duration.ofSeconds(-1)))
        .hasMessageContaining("(PT-1S) is negative");
  }
}
