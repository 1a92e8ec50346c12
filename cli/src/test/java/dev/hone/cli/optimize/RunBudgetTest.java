package dev.hone.cli.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.pipeline.LmCache;
import dev.hone.pipeline.LmPipeline;
import dev.hone.price.Price;
import dev.hone.price.PriceTable;
import dev.hone.program.Predict;
import dev.hone.testkit.ScriptedModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunBudgetTest {
  record Ticket(String text) {}

  record Route(String topic) {}

  private static final Predict<Ticket, Route> PROGRAM =
      Predict.of(Ticket.class, Route.class, "Route the ticket.");

  private final ScriptedModel scripted =
      ScriptedModel.answering(r -> "[[ ## topic ## ]]\nBILLING\n\n[[ ## completed ## ]]");
  private final LanguageModel model = LmPipeline.builder(scripted).cache(LmCache.memory()).build();
  private final PriceTable prices =
      PriceTable.empty().with(model.id(), Price.perMillionTokens(1000, 1000));
  private final Ticking clock = new Ticking();

  private static final class Ticking extends Clock {
    private Instant now = Instant.EPOCH;

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

  /** Runs the program on two tickets, as a test would. */
  private TestCost test(Budget budget) {
    TestCost cost = new TestCost(prices, false);
    Context context =
        Context.builder().lm(model).prices(prices).budget(budget).listener(cost).build();
    context.call(() -> PROGRAM.run(new Ticket("one")));
    context.call(() -> PROGRAM.run(new Ticket("two")));
    return cost;
  }

  @Test
  void keepsBackWhatTestingCostsAlsoWhereTheTestBeforeWasCached() {
    TestCost paid = test(Budget.unlimited());
    TestCost cached = test(Budget.unlimited());

    assertThat(cached.calls()).isEqualTo(2);
    assertThat(cached.tokens()).isEqualTo(paid.tokens()).isPositive();
    assertThat(cached.usd()).isEqualTo(paid.usd(), within(1e-12)).isPositive();
    Budget total = Budget.ofCalls(10).tokens(10_000).money(100);
    Budget optimizing = new RunBudget(total, clock).forOptimizing(cached);
    assertThat(optimizing.callsLeft()).hasValue(8);
    assertThat(optimizing.tokensLeft()).hasValue(10_000 - 3 * paid.tokens());
    assertThat(optimizing.usdLeft().orElseThrow().doubleValue())
        .isEqualTo(100 - 3 * paid.usd(), within(1e-9));
  }

  @Test
  void leavesForTestingWhatTheOptimizersBudgetDidNotSpend() {
    Budget total = Budget.ofCalls(10);
    RunBudget parts = new RunBudget(total, clock);
    Budget optimizing = parts.forOptimizing(test(total));

    test(optimizing); // all of it is cached by now
    assertThat(parts.forTesting(optimizing).callsLeft()).hasValue(8);

    Context.builder()
        .lm(model)
        .budget(optimizing)
        .build()
        .call(() -> PROGRAM.run(new Ticket("three")));
    assertThat(parts.forTesting(optimizing).callsLeft()).hasValue(7);
  }

  @Test
  void allPartsTogetherTakeNoMoreThanTheTime() {
    RunBudget parts = new RunBudget(Budget.ofWallClock(Duration.ofMinutes(60)), clock);
    TestCost cost = new TestCost(prices, false);
    clock.now = clock.now.plus(Duration.ofMinutes(5));
    cost.took(parts.elapsed());

    Budget optimizing = parts.forOptimizing(cost);
    assertThat(optimizing.timeLimit()).hasValue(Duration.ofMinutes(60 - 5 - 3 * 5));

    clock.now = clock.now.plus(Duration.ofMinutes(40));
    assertThat(parts.forTesting(optimizing).timeLimit()).hasValue(Duration.ofMinutes(15));
    clock.now = clock.now.plus(Duration.ofMinutes(40));
    assertThat(parts.forTesting(optimizing).timeLimit()).hasValue(Duration.ZERO);
  }

  @Test
  void keepsATenthOfTheTimeWhereTheTestBeforeTookNone() {
    RunBudget parts = new RunBudget(Budget.ofWallClock(Duration.ofMinutes(60)), clock);

    assertThat(parts.forOptimizing(new TestCost(prices, false)).timeLimit())
        .hasValue(Duration.ofMinutes(54));
  }

  @Test
  void limitsNothingThatHasNoLimit() {
    Budget optimizing =
        new RunBudget(Budget.unlimited(), clock).forOptimizing(new TestCost(prices, false));

    assertThat(optimizing.callsLeft()).isEmpty();
    assertThat(optimizing.timeLimit()).isEmpty();
  }
}
