package dev.hone.context;

import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.TrafficSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An attempt that runs on another thread, since it has a time, knows the context of its call. */
class WatchedCallContextTest {
  @Test
  void theContextFollowsToTheThreadOfAnAttempt() {
    TrafficSettings plain = TrafficSettings.defaults();
    Duration time = Duration.ofMinutes(1);
    for (TrafficSettings traffic :
        List.of(plain, plain.attemptTimeout(time), plain.deadline(time), plain.hedgeAfter(time))) {
      Set<String> tenants = ConcurrentHashMap.newKeySet();
      FakeModel model =
          new FakeModel(
              "fake",
              asked -> {
                tenants.add(String.valueOf(Context.current().metadata().get("tenant")));
                return FakeModel.reply("x");
              });
      Context context =
          Context.builder()
              .lm(LmPipeline.builder(model).traffic(traffic).build())
              .metadata("tenant", "acme")
              .build();

      context.call(() -> Context.current().callModel(request("a")));

      assertThat(tenants).as("with %s", traffic).containsExactly("acme");
    }
  }

  @Test
  @Timeout(30)
  void aModelThatAsksModelsItselfDoesNotWaitForItsOwnBudget() {
    LmOptions options = LmOptions.builder().maxTokens(200).build();
    FakeModel model =
        new FakeModel(
            "fake",
            asked ->
                Context.current().callModel(request("the inner question").withOptions(options)));
    TrafficSettings traffic = TrafficSettings.defaults().hedgeAfter(Duration.ofMinutes(1));
    Context context =
        Context.builder()
            .lm(LmPipeline.builder(model).traffic(traffic).build())
            .budget(Budget.ofTokens(300))
            .build();

    assertThatThrownBy(
            () ->
                context.call(
                    () ->
                        Context.current().callModel(request("the question").withOptions(options))))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  @Timeout(30)
  void bothAttemptsCountWhereASecondOneRunsBesideTheFirst() {
    AtomicInteger calls = new AtomicInteger();
    FakeModel model =
        new FakeModel(
            "fake",
            asked -> {
              if (calls.incrementAndGet() == 1) {
                awaitInterrupt();
              }
              return FakeModel.reply("x");
            });
    Budget budget = Budget.ofTokens(1_000);
    SpendMeter meter = new SpendMeter();
    TrafficSettings traffic = TrafficSettings.defaults().hedgeAfter(Duration.ofMillis(1));
    Context context =
        Context.builder()
            .lm(LmPipeline.builder(model).traffic(traffic).build())
            .budget(budget)
            .listener(meter)
            .build();

    context.callModel(request("a").withOptions(LmOptions.builder().maxTokens(200).build()));

    assertThat(budget.spentCalls()).isEqualTo(2);
    assertThat(budget.spentTokens()).as("200 reserved, 15 paid").isBetween(215L, 235L);
    assertThat(meter.total().lmCalls()).isEqualTo(2);
    assertThat(meter.total().usage().known()).isFalse();
    assertThat(meter.total().money().known()).isFalse();
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new LmException.Interrupted("given up", e);
    }
  }
}
