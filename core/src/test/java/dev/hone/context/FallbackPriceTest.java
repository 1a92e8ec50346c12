package dev.hone.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.pipeline.TrafficSettings;
import dev.hone.price.Money;
import dev.hone.price.Price;
import dev.hone.price.PriceTable;
import dev.hone.replay.CallOutcome;
import dev.hone.replay.CallPlace;
import dev.hone.replay.CallRecorder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a fallback answers is counted at its own price, everywhere that money is counted. */
class FallbackPriceTest {
  private static final LmUsage USAGE = LmUsage.of(1_000_000, 0);

  private record Named(String id, boolean away) implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      if (away || request.messages().get(0).text().startsWith(id)) {
        throw new LmException.Unavailable("down", null, null);
      }
      return LmResponse.of("x", USAGE, id);
    }
  }

  private final PriceTable prices =
      PriceTable.empty()
          .with("dear", Price.perMillionTokens(10, 10))
          .with("cheap", Price.perMillionTokens(1, 1));
  private final Budget budget = Budget.unlimited();
  private final SpendMeter meter = new SpendMeter();
  private final List<String> models = new ArrayList<>();

  private Context context(LmPipeline pipeline) {
    CallListener listener =
        (event, metadata) -> {
          if (event instanceof LmEvent call) {
            models.add(call.getClass().getSimpleName() + " " + call.modelId());
          }
        };
    return Context.builder()
        .lm(pipeline)
        .prices(prices)
        .budget(budget)
        .listener(meter)
        .listener(listener)
        .build();
  }

  private static LmPipeline.Builder pipeline(LanguageModel model) {
    return LmPipeline.builder(model).noCache().retry(RetrySettings.none());
  }

  private static LmRequest request(String text) {
    return LmRequest.of(LmMessage.user(text));
  }

  @Test
  void budgetMeterAndEventsNameTheModelThatAnswered() {
    LmPipeline dear =
        pipeline(new Named("dear", false))
            .traffic(TrafficSettings.defaults().deadline(Duration.ofMinutes(1)))
            .fallback(pipeline(new Named("cheap", false)).build())
            .build();
    Context context = context(dear);

    context.callModel(request("a"));
    context.callModel(request("dear is away"));

    assertThat(budget.spentMoney()).isEqualTo(Money.ofUsd(new BigDecimal("11")));
    assertThat(meter.total().money()).isEqualTo(Money.ofUsd(new BigDecimal("11")));
    assertThat(meter.total().lmCalls()).isEqualTo(3);
    assertThat(models)
        .containsExactly(
            "CallStarted dear",
            "AttemptStarted dear",
            "AttemptAnswered dear",
            "CallAnswered dear",
            "CallStarted dear",
            "AttemptStarted dear",
            "AttemptFailed dear",
            "AttemptStarted cheap",
            "AttemptAnswered cheap",
            "CallAnswered cheap");
  }

  @Test
  void aFallbackOfAFallbackHasItsOwnPriceToo() {
    LmPipeline second =
        pipeline(new Named("middle", true))
            .fallback(pipeline(new Named("cheap", false)).build())
            .build();
    Context context = context(pipeline(new Named("dear", true)).fallback(second).build());

    context.callModel(request("a"));

    assertThat(budget.spentMoney()).isEqualTo(Money.ofUsd(BigDecimal.ONE));
    assertThat(meter.total().money()).isEqualTo(Money.ofUsd(BigDecimal.ONE));
  }

  @Test
  void aFallbackFromABatchToSingleCallsOfTheSameModelCostsTheFullPrice() {
    LanguageModel batched =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            throw new LmException.TimedOut("The batch expired", null);
          }

          @Override
          public String id() {
            return "openai:x";
          }

          @Override
          public boolean isBatched() {
            return true;
          }
        };
    PriceTable half =
        prices.with("openai:x", Price.perMillionTokens(8, 8)).withBatchFactor("openai", 0.5);
    LmPipeline pipeline =
        pipeline(batched).fallback(pipeline(new Named("openai:x", false)).build()).build();

    Context.builder().lm(pipeline).prices(half).budget(budget).build().callModel(request("a"));

    assertThat(budget.spentMoney()).isEqualTo(Money.ofUsd(new BigDecimal("8")));
  }

  /** Remembers what became of a call, and knows it the second time. */
  private static final class OneCall implements CallRecorder, CallRecorder.Entry {
    private Optional<CallOutcome> known = Optional.empty();

    @Override
    public Entry open(String requestKey, CallPlace place) {
      return this;
    }

    @Override
    public Optional<CallOutcome> known() {
      return known;
    }

    @Override
    public Optional<LmResponse> paidElsewhere() {
      return Optional.empty();
    }

    @Override
    public void end(CallOutcome outcome) {
      known = Optional.of(outcome);
    }

    @Override
    public void drop() {}

    @Override
    public long earlierCalls() {
      return 0;
    }

    @Override
    public long earlierTokens() {
      return 0;
    }

    @Override
    public BigDecimal earlierUsd() {
      return BigDecimal.ZERO;
    }
  }

  @Test
  void aReplayCountsWhatTheFallbackCost() {
    LmPipeline dear =
        pipeline(new Named("dear", true))
            .fallback(pipeline(new Named("cheap", false)).build())
            .build();
    ContextKey<CallRecorder> key = ContextKey.named("recorder");
    Context recorded = context(dear).with(key, new OneCall());

    recorded.callModel(request("a"));
    Money paid = budget.spentMoney();
    recorded.callModel(request("a"));

    assertThat(paid).isEqualTo(Money.ofUsd(BigDecimal.ONE));
    assertThat(meter.total().money()).isEqualTo(Money.ofUsd(new BigDecimal("2")));
    assertThat(models).endsWith("AttemptAnswered cheap", "CallAnswered cheap");
  }

  @Test
  void aReplayCountsAnAttemptThatWasGivenUpAsItWasCounted() {
    AtomicInteger calls = new AtomicInteger();
    FakeModel cheap =
        new FakeModel(
            "cheap",
            asked -> {
              if (calls.incrementAndGet() == 1) {
                throw new LmException.TimedOut("slow", null);
              }
              return LmResponse.of("x", LmUsage.of(7, 5), "cheap");
            });
    RetrySettings quick = RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO);
    ContextKey<CallRecorder> key = ContextKey.named("recorder");
    Context recorded = context(pipeline(cheap).retry(quick).build()).with(key, new OneCall());

    recorded.callModel(request("a"));
    long paid = budget.spentTokens();
    recorded.callModel(request("a"));

    assertThat(calls).hasValue(2);
    assertThat(paid).isGreaterThan(256);
    assertThat(budget.spentTokens() - paid)
        .as("the reply, and as much as is expected by it for the other attempt")
        .isEqualTo(2 * 12);
    assertThat(meter.total().usage().totalTokens()).isEqualTo(2 * 12);
    assertThat(meter.total().usage().known()).isFalse();
    assertThat(meter.total().money().known()).isFalse();
  }
}
