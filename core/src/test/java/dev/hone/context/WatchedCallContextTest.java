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
}
