package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.search.Search;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.testkit.FlakyModel;
import java.time.Duration;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiproV2SpendTest {
  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.2 : 0.8));

  private LanguageModel answering(String id, BiFunction<LmRequest, LmResponse, LmResponse> change) {
    return new LanguageModel() {
      @Override
      public LmResponse call(LmRequest request) {
        return change.apply(request, model.call(request));
      }

      @Override
      public String id() {
        return id;
      }
    };
  }

  @Test
  void countsFailedAttemptsByStageAndByModel() {
    FlakyModel flaky =
        FlakyModel.failingFirst(1, model, () -> new LmException.Unavailable("down", null, null));
    RetrySettings retry =
        RetrySettings.builder()
            .maxAttempts(3)
            .delays(Duration.ofMillis(1), Duration.ofMillis(1))
            .multiplier(1)
            .jitter(0)
            .totalTime(Duration.ofSeconds(60))
            .build();
    Context context =
        Context.builder().lm(LmPipeline.builder(flaky).noCache().retry(retry).build()).build();

    MiproV2Report report = Trial.run(context, Trial.small(), Trial.task()).report();

    assertThat(flaky.calls()).isEqualTo(2 * model.seen().size());
    assertThat(report.spend().lmCalls()).isEqualTo(flaky.calls());
    assertThat(report.spendByModel().values().stream().reduce(Spend.NONE, Spend::plus))
        .isEqualTo(report.spend());
  }

  @Test
  void namesAModelByItsIdWhateverTheProviderCallsIt() {
    LanguageModel dated =
        answering(
            "openai:gpt-4o",
            (request, reply) -> LmResponse.of(reply.text(), reply.usage(), "gpt-4o-2024-08-06"));

    var optimized = Trial.run(Contexts.of(dated), Trial.small(), Trial.task());

    assertThat(optimized.report().spendByModel()).containsOnlyKeys("openai:gpt-4o");
    assertThat(optimized.compiled().provenance().modelIds()).containsValue("openai:gpt-4o");
  }

  @Test
  void knowsTheTokensOfAStageThoughThoseOfAnEarlierOneAreUnknown() {
    LanguageModel silent =
        answering(
            "rules",
            (request, reply) ->
                ProposerRules.asked(SeenPrompt.of(request))
                    ? LmResponse.of(reply.text(), LmUsage.UNKNOWN, "rules")
                    : reply);

    var spend = Trial.run(Contexts.of(silent), Trial.small(), Trial.task()).report().spendByStage();

    assertThat(spend.get("propose").usage().known()).isFalse();
    assertThat(spend.get("search").usage().known()).isTrue();
    assertThat(spend.get("bootstrap").usage().known()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpe", "racing"})
  void keepsWhatTheTrialThatTheBudgetStoppedHadPaidFor(String search) {
    MiproV2 settings = Trial.small().search(search.equals("tpe") ? Search.tpe() : Search.racing());
    MiproV2Report whole = Trial.run(Contexts.of(model, 1), settings, Trial.task()).report();
    long before = whole.spend().lmCalls() - whole.spendByStage().get("search").lmCalls();

    Context context = Contexts.of(model, 1).toBuilder().budget(Budget.ofCalls(before + 75)).build();
    MiproV2Report report = Trial.run(context, settings, Trial.task()).report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.BUDGET_SPENT);
    assertThat(report.spendByStage().get("search").lmCalls()).isEqualTo(75);
    assertThat(report.trials().stream().mapToLong(trial -> trial.spend().lmCalls()).sum())
        .isEqualTo(75);
    TrialRecord stopped =
        report.trials().stream().filter(t -> t.unscoredExamples() > 0).findFirst().orElseThrow();
    int answered = stopped.request().examples().size() - stopped.unscoredExamples();
    assertThat(answered).isEqualTo((int) stopped.spend().lmCalls()).isPositive();
    assertThat(stopped.scoreMean()).isPresent();
    if (search.equals("racing")) {
      assertThat(report.configurations().stream().mapToInt(s -> s.examples()).sum()).isEqualTo(75);
    }
  }
}
