package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.history.PredictorUsage;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.search.EvaluationRequest.Choice;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report says of the choices and of who made the calls. */
class ReportOfChoicesTest {
  private final RuleModel model =
      RuleModel.of(
          ProposerRules::echo, Relay.rules(p -> 0.8, p -> p.demos().isEmpty() ? 0.3 : 0.8));

  private MiproV2Report run(MiproV2 mipro) {
    return Trial.run(Contexts.of(model), mipro, Trial.relay()).report();
  }

  @Test
  void namesTheBestConfiguration() {
    var optimized = Trial.run(Contexts.of(model), Trial.minibatches(), Trial.relay());
    MiproV2Report report = optimized.report();

    Map<String, Integer> chosen = report.configuration();

    List<String> predictors = List.copyOf(report.instructions().keySet());
    assertThat(predictors).hasSize(2);
    assertThat(chosen.keySet())
        .containsExactly(
            predictors.get(0) + ".instructions",
            predictors.get(0) + ".demos",
            predictors.get(1) + ".instructions",
            predictors.get(1) + ".demos");
    for (String name : predictors) {
      PredictorState state = optimized.compiled().state().of(name);
      assertThat(report.instructions().get(name).get(chosen.get(name + ".instructions")).text())
          .isEqualTo(state.instructions());
      assertThat(report.demoSets().get(name).get(chosen.get(name + ".demos")).demos())
          .isEqualTo(state.demos());
    }
    assertThat(report.toString())
        .contains("which is {%s.instructions: ".formatted(predictors.get(0)));
    assertThat(report.trials())
        .allMatch(trial -> trial.choices().equals(report.named(trial.request().configuration())));
  }

  @Test
  void tellsTheCallsOfTheProposerFromThoseOfTheProgram() {
    MiproV2Report report = run(Trial.minibatches());

    assertThat(report.proposerCalls()).isEqualTo(model.seen(ProposerRules::asked).size());
    assertThat(report.taskCalls()).isEqualTo(model.seen(p -> !ProposerRules.asked(p)).size());
    assertThat(report.toString())
        .contains(
            "%d of the program, %d of the proposer"
                .formatted(report.taskCalls(), report.proposerCalls()));
  }

  @Test
  void tellsTheCallsOfAJudgeFromThoseOfTheProgram() {
    RuleModel judge = new RuleModel("judge", prompt -> Map.of("right", "true"));
    Predict<Claim, Ruling> program =
        Predict.of(Claim.class, Ruling.class, "Judge.").on(Contexts.bare(judge, 4));
    Metric<Tickets.Ticket, Tickets.Route> metric =
        (example, output, run) ->
            Score.of(
                program.run(new Claim(output.label())).right()
                    && output.equals(example.expected()));

    MiproV2Report report =
        Trial.run(Contexts.of(model), Trial.minibatches(), Trial.task(new Relay.TwoSteps(), metric))
            .report();

    assertThat(report.judgeCalls()).isEqualTo(judge.seen().size()).isPositive();
    assertThat(report.proposerCalls()).isEqualTo(model.seen(ProposerRules::asked).size());
    assertThat(report.taskCalls()).isEqualTo(model.seen(p -> !ProposerRules.asked(p)).size());
    assertThat(report.usageByPredictor()).containsOnlyKeys(report.instructions().keySet());
    assertThat(report.toString()).contains("%d of the judge".formatted(report.judgeCalls()));
  }

  record Claim(String claim) {}

  record Ruling(boolean right) {}

  @ParameterizedTest
  @ValueSource(strings = {"tpe", "random", "racing"})
  void countsFullEvaluationsUnderEverySearch(String search) {
    MiproV2Report report =
        run(
            search.equals("racing")
                ? Trial.small().search(RacingSearch.defaults().wholeValset(true))
                : Trial.minibatches(Search.named(search)));

    int all = report.plan().validationExamples();
    long complete = report.configurations().stream().filter(c -> c.examples() == all).count();
    assertThat(report.fullEvaluations()).isEqualTo((int) complete).isGreaterThanOrEqualTo(1);
    assertThat(report.improved() ? report.fullEvaluations() : 2).isGreaterThanOrEqualTo(2);
    assertThat(report.toString()).contains(" complete");
  }

  @Test
  void tellsGuidedTrialsFromRandomOnes() {
    RuleModel tickets = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

    MiproV2Report report = Trial.run(tickets, MiproV2.light().search(Search.tpe())).report();

    Map<Choice, Integer> counts = report.trialsByChoice();
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(report.trials().size());
    assertThat(counts.get(Choice.BASELINE)).isEqualTo(1);
    assertThat(counts.get(Choice.RANDOM)).isPositive();
    assertThat(counts.get(Choice.GUIDED)).isPositive();
    assertThat(report.toString())
        .contains(
            "%d random, %d guided".formatted(counts.get(Choice.RANDOM), counts.get(Choice.GUIDED)));
  }

  @Test
  void saysInWordsWhatTheTrialsOfASearchAre() {
    Context context = Contexts.of(model);

    String race =
        context.call(() -> Trial.small().search(Search.racing()).plan(Trial.task())).toString();
    String tpe =
        context.call(() -> Trial.small().search(Search.tpe()).plan(Trial.task())).toString();

    assertThat(race.replaceAll("\\s+", " "))
        .contains("racing, with the budget of ", "spent in evaluations of its own choice");
    assertThat(tpe.replaceAll("\\s+", " "))
        .containsPattern("tpe, \\d+ trials on ")
        .doesNotContain("budget");
  }

  @Test
  void countsHitsOfTheCompileCacheApartFromThoseOfTheReplyCache() {
    Context cached = Context.builder().lm(model).build();

    MiproV2Report first = Trial.run(cached, Trial.minibatches(), Trial.relay()).report();
    MiproV2Report again = Trial.run(cached, Trial.minibatches(), Trial.relay()).report();
    MiproV2Report without =
        Trial.run(Contexts.of(model), Trial.minibatches().compileCache(false), Trial.relay())
            .report();

    assertThat(first.compileCacheHits()).isPositive();
    assertThat(again.compileCacheHits()).isEqualTo(first.compileCacheHits());
    assertThat(again.spend().lmCalls()).isZero();
    assertThat(again.spend().cachedCalls()).isPositive();
    assertThat(without.compileCacheHits()).isZero();
    assertThat(without.spend().cachedCalls()).isZero();
    assertThat(first.toString())
        .contains("%d outcome".formatted(first.compileCacheHits()), "known from before");
  }

  @Test
  void addsUpTokensAndTimePerPredictor() {
    MiproV2Report report = run(Trial.minibatches());

    Map<String, PredictorUsage> usage = report.usageByPredictor();
    assertThat(usage.keySet()).containsExactlyInAnyOrderElementsOf(report.instructions().keySet());
    Spend all = usage.values().stream().map(PredictorUsage::spend).reduce(Spend.NONE, Spend::plus);
    assertThat(all)
        .isEqualTo(
            report.spendByStage().get("bootstrap").plus(report.spendByStage().get("search")));
    assertThat(usage.values())
        .allSatisfy(
            one -> {
              assertThat(one.duration()).isPositive();
              assertThat(one.spend().usage().promptTokens()).isPositive();
            });
    usage.forEach((name, one) -> assertThat(report.toString()).contains(name + ": " + one));
  }

  @Test
  void saysThatLabelsCanNeverBeAdded() {
    Context context = Contexts.of(model);
    MiproV2 mipro = Trial.small().maxBootstrappedDemos(4).maxLabeledDemos(2);

    assertThat(context.call(() -> mipro.plan(Trial.task())).notes())
        .anyMatch(
            note ->
                note.contains("maxLabeledDemos (2)")
                    && note.contains("no label is ever added")
                    && note.contains("Maybe set maxLabeledDemos to 6"));
    assertThat(context.call(() -> MiproV2.light().plan(Trial.task())).notes())
        .noneMatch(note -> note.contains("ever added"));
  }
}
