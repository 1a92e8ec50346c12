package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.HoneException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.JitteryModel;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.testkit.FlakyModel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the default search too, which races rather than follows a schedule. */
class MiproV2RacingTest {
  private static RuleModel improving() {
    return RuleModel.of(
        ProposerRules::echo,
        Tickets.rules(p -> p.demos().isEmpty() ? 0.2 : 0.6 + 0.1 * p.demos().size()));
  }

  private static MiproV2 racing() {
    return Trial.small().search(Search.racing());
  }

  /** A race that completes baseline and winner. */
  private static MiproV2 whole() {
    return Trial.small().search(RacingSearch.defaults().wholeValset(true));
  }

  @Test
  void isTheDefault() {
    assertThat(MiproV2.light().settings().search().name()).isEqualTo(Search.racing().name());
  }

  @Test
  void evaluatesWinnerAndBaselineOnTheWholeValsetWhereThatIsAskedFor() {
    MiproV2Report report = Trial.run(improving(), whole()).report();

    assertThat(report.improved()).isTrue();
    assertThat(report.best().examples()).isEqualTo(40);
    assertThat(report.baseline().examples()).isEqualTo(40);
  }

  @Test
  void returnsTheProgramAsItWasWhenNothingBeatsIt() {
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            Tickets.rules(
                p -> p.demos().isEmpty() && p.instructions().equals(Tickets.ORIGINAL) ? 0.9 : 0.3));

    var optimized = Trial.run(model, racing());

    assertThat(optimized.compiled().state().of("route"))
        .isEqualTo(new Tickets.Router().route().state());
  }

  @Test
  void paysForNoPromptTwice() {
    RuleModel model = improving();

    Trial.run(model, racing().trials(20));

    Map<List<Object>, Long> counts =
        model.seen().stream()
            .collect(
                Collectors.groupingBy(p -> List.of(p.text(), p.options()), Collectors.counting()));
    assertThat(counts.values()).containsOnly(1L);
  }

  @Test
  void choosesTheSameOnOneThreadAndOnMany() {
    Set<Object> results = new HashSet<>();
    for (int maxInFlight : new int[] {1, 16, 5}) {
      RuleModel model =
          RuleModel.of(
              ProposerRules::echo,
              Relay.rules(p -> 0.5, p -> p.instructions().contains("quartz") ? 0.8 : 0.5));
      var optimized =
          Trial.run(
              Contexts.of(new JitteryModel(model), maxInFlight),
              racing().trialsInFlight(3).proposalRounds(2).trials(12),
              Trial.relay());
      results.add(
          List.of(
              optimized.compiled().state(),
              optimized.report().trials().stream().map(TrialRecord::request).toList()));
    }

    assertThat(results).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60, 90})
  void returnsWhatItBelievesInWhenTheBudgetIsSpentDuringTheRace(int percent) {
    RuleModel model = improving();
    MiproV2Report whole = Trial.run(model, racing()).report();
    long inSearch = whole.spendByStage().get("search").lmCalls();
    long calls = whole.spend().lmCalls() - inSearch + inSearch * percent / 100;
    Context context = Contexts.of(model, 1).toBuilder().budget(Budget.ofCalls(calls)).build();

    MiproV2Report report = Trial.run(context, racing(), Trial.task()).report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.BUDGET_SPENT);
    assertThat(report.best().examples()).isBetween(2, 40);
    assertThat(report.best().scoreMean()).isGreaterThanOrEqualTo(report.baseline().scoreMean());
  }

  @Test
  void survivesABlockOfTheBaselineThatCouldNotBeReached() {
    RuleModel model = improving();
    int[] calls = new int[1];
    FlakyModel flaky =
        FlakyModel.failingBy(
            model,
            (request, attempt) -> {
              SeenPrompt prompt = SeenPrompt.of(request);
              boolean baseline =
                  prompt.demos().isEmpty()
                      && prompt.instructions().equals(Tickets.ORIGINAL)
                      && Tickets.number(prompt.input("text")) >= 40;
              return baseline && ++calls[0] > 10
                  ? Optional.of(new LmException.Unavailable("down", null, null))
                  : Optional.empty();
            });

    MiproV2Report report = Trial.run(Contexts.of(flaky, 1), whole(), Trial.task()).report();

    assertThat(flaky.failures()).isPositive();
    assertThat(report.baseline().examples()).isEqualTo(10);
    assertThat(report.best().scoreMean()).isGreaterThan(0.5);
  }

  @Test
  void stopsInTheFirstBlockWhenTheMetricAlwaysThrows() {
    RuleModel model = improving();
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          if (context.purpose() == RunTrace.Purpose.EVALUATE) {
            throw new IllegalStateException("no such field");
          }
          return Score.of(1);
        };

    assertThatThrownBy(
            () -> Trial.run(Contexts.of(model), racing(), Trial.task(new Tickets.Router(), broken)))
        .isInstanceOf(HoneException.class)
        .hasMessageContaining("no such field");
    assertThat(Trial.inTrials(model)).hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void keepsWithinThePlan() {
    for (int seed = 0; seed < 10; seed++) {
      RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

      MiproV2Plan plan =
          Trial.run(model, racing().seed(seed).proposalRounds(1 + seed % 3).compileCache(false))
              .report()
              .plan();

      long proposals = model.seen(ProposerRules::asked).size();
      assertThat(model.seen().size() - proposals).isLessThanOrEqualTo(plan.maxProgramRuns());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void keepsWithinThePlanOfATinyRun(int inFlight) {
    for (int seed = 0; seed < 6; seed++) {
      RuleModel model =
          RuleModel.of(
              ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.4 : chance(p)));
      var task =
          OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 8, "quartz"), Tickets.metric())
              .withValset(Tickets.data(40, 140, "quartz"));

      MiproV2Plan plan =
          Trial.run(
                  Contexts.of(model),
                  MiproV2.light().trials(1).trialsInFlight(inFlight).seed(seed),
                  task)
              .report()
              .plan();

      long proposals = model.seen(ProposerRules::asked).size();
      assertThat(model.seen().size() - proposals).isLessThanOrEqualTo(plan.maxProgramRuns());
    }
  }

  private static double chance(SeenPrompt prompt) {
    return 0.4 + new SplittableRandom(prompt.instructions().hashCode()).nextDouble() / 4;
  }

  /** A model at a temperature, no answer of which is kept. */
  private static RuleModel noisy(int seed) {
    SplittableRandom coins = new SplittableRandom(seed);
    return RuleModel.of(
        ProposerRules::echo,
        p -> {
          boolean right = coins.nextDouble() < (p.demos().isEmpty() ? 0.2 : 0.7);
          return Map.of("label", right ? Tickets.label(Tickets.number(p.input("text"))) : "wrong");
        });
  }

  @Test
  void reportsTheScoresThatTheSearchChoseByWhenAnswersChange() {
    int askedTwice = 0;
    for (int seed = 0; seed < 20; seed++) {
      MiproV2Report report =
          Trial.run(
                  Contexts.of(noisy(seed), 1),
                  whole().trials(3).compileCache(false).seed(seed),
                  Trial.task())
              .report();

      ConfigurationSummary chosen = report.configurations().get(0);
      assertThat(chosen.configuration()).isEqualTo(report.best().configuration());
      assertThat(report.best().scoreMean()).isCloseTo(chosen.scoreMean(), within(1e-12));
      askedTwice +=
          report.trials().stream()
                      .filter(t -> t.request().configuration().equals(chosen.configuration()))
                      .mapToInt(t -> t.request().examples().size())
                      .sum()
                  > 40
              ? 1
              : 0;
    }
    assertThat(askedTwice).isPositive();
  }
}
