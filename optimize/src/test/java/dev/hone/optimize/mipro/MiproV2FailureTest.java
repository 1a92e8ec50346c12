package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.testkit.FlakyModel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiproV2FailureTest {
  private final RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 1));

  private static FlakyModel unreachable(RuleModel model, Predicate<SeenPrompt> when) {
    return FlakyModel.failingBy(model, (request, attempt) -> failure(request, when));
  }

  private static Optional<RuntimeException> failure(LmRequest request, Predicate<SeenPrompt> when) {
    return when.test(SeenPrompt.of(request))
        ? Optional.of(new LmException.Unavailable("down", null, null))
        : Optional.empty();
  }

  private static boolean inTrial(SeenPrompt prompt) {
    return prompt.input("text").startsWith("ticket") && Tickets.number(prompt.input("text")) >= 40;
  }

  private static boolean changed(SeenPrompt prompt) {
    return inTrial(prompt) && !prompt.instructions().equals(Tickets.ORIGINAL);
  }

  @Test
  void stopsAtOnceWithTheCauseWhenTheMetricAlwaysThrows() {
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          throw new IllegalStateException("no such field");
        };

    assertThatThrownBy(
            () ->
                Trial.run(
                    Contexts.of(model), Trial.small(), Trial.task(new Tickets.Router(), broken)))
        .isInstanceOf(HoneException.class)
        .hasMessageContaining("no such field")
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(model.seen()).hasSizeLessThanOrEqualTo(8).noneMatch(ProposerRules::asked);
  }

  @Test
  void stopsAtOnceWhenTheMetricIsNeverANumber() {
    Metric<Ticket, Route> notANumber = (example, actual, context) -> Score.of(0.0 / 0);

    assertThatThrownBy(
            () ->
                Trial.run(
                    Contexts.of(model),
                    Trial.small(),
                    Trial.task(new Tickets.Router(), notANumber)))
        .isInstanceOf(HoneException.class)
        .hasMessageContaining("NaN");
    assertThat(model.seen()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void stopsInTheBaselineWhenTheMetricFailsOnlyInEvaluations() {
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          if (context.purpose() == RunTrace.Purpose.EVALUATE) {
            throw new IllegalStateException("no such field");
          }
          return Score.of(1);
        };

    assertThatThrownBy(
            () ->
                Trial.run(
                    Contexts.of(model), Trial.small(), Trial.task(new Tickets.Router(), broken)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("no such field");
    assertThat(Trial.inTrials(model)).hasSizeLessThanOrEqualTo(40).noneMatch(p -> changed(p));
  }

  @Test
  void leavesOutExamplesThatTheMetricCannotScoreRatherThanCountingZero() {
    Metric<Ticket, Route> partial =
        (example, actual, context) -> {
          if (Tickets.number(example.input().text()) % 20 == 3) {
            throw new IllegalStateException("not scored");
          }
          return Score.of(actual.equals(example.expected()));
        };

    MiproV2Report report =
        Trial.run(Contexts.of(model), Trial.small(), Trial.task(new Tickets.Router(), partial))
            .report();

    assertThat(report.baseline().examples()).isEqualTo(38);
    assertThat(report.baseline().scoreMean()).isEqualTo(1);
    assertThat(report.notes()).anyMatch(p -> p.contains("no score on 2 of 40 examples"));
  }

  @Test
  void countsAnUnreachableModelNeitherAsZeroNorAsATrial() {
    FlakyModel flaky =
        unreachable(model, p -> changed(p) && Tickets.number(p.input("text")) % 7 == 0);

    MiproV2Report report =
        Trial.run(Contexts.of(flaky), Trial.minibatches(), Trial.task()).report();

    assertThat(flaky.failures()).isPositive();
    assertThat(report.trials()).anyMatch(trial -> trial.unscoredExamples() > 0);
    assertThat(report.trials())
        .allMatch(trial -> trial.scoreMean().orElse(1) == 1 && trial.failedExamples() == 0);
    assertThat(report.configurations()).allMatch(standing -> standing.scoreMean() == 1);
    assertThat(report.best().examples()).isEqualTo(40);
  }

  @Test
  void finishesWhenNoExampleOfATrialCouldBeReached() {
    FlakyModel flaky = unreachable(model, MiproV2FailureTest::changed);

    MiproV2Report report =
        Trial.run(Contexts.of(flaky), Trial.minibatches(), Trial.task()).report();

    assertThat(report.trials()).anyMatch(trial -> trial.scoreMean().isEmpty());
    assertThat(report.best().scoreMean()).isEqualTo(1);
    assertThat(report.configurations())
        .allMatch(standing -> standing.configuration().choice(0) == 0);
  }

  @Test
  void recoversWhenTheBaselineMissedAFewExamplesAtFirst() {
    FlakyModel flaky =
        FlakyModel.failingBy(
            model,
            (request, attempt) ->
                attempt == 1
                    ? failure(request, p -> inTrial(p) && Tickets.number(p.input("text")) % 10 == 0)
                    : Optional.empty());

    MiproV2Report report = Trial.run(Contexts.of(flaky), Trial.small(), Trial.task()).report();

    assertThat(report.baseline().examples()).isEqualTo(40);
    assertThat(report.baseline().scoreMean()).isEqualTo(1);
  }

  @Test
  void givesARefusedExampleTheFailureScore() {
    RuleModel refusing =
        RuleModel.of(
            ProposerRules::echo,
            prompt -> {
              if (Tickets.number(prompt.input("text")) % 20 == 3) {
                throw new LmException.ContentRefused("refused", null);
              }
              return Tickets.rules(p -> 1).apply(prompt);
            });

    MiproV2Report report = Trial.run(refusing, Trial.small().failureScore(-1)).report();

    assertThat(report.baseline().scoreMean()).isEqualTo((38 - 2) / 40.0);
    assertThat(report.trials().get(0).failedExamples()).isEqualTo(2);
  }

  private static Context budget(RuleModel model, long calls) {
    return Contexts.of(model).toBuilder().budget(Budget.ofCalls(calls)).build();
  }

  @Test
  void refusesABudgetThatIsTooSmallForTheBaselineAndOneFullEvaluation() {
    assertThatThrownBy(() -> Trial.run(budget(model, 80), Trial.small(), Trial.task()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "The budget has 80 model calls left", "at least", "on 40 examples", "Maybe raise it");
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void throwsWhenTheBudgetIsSpentBeforeTheBaselineWasEvaluated() {
    Context late = Contexts.of(model).toBuilder().budget(Budget.ofWallClock(Duration.ZERO)).build();

    assertThatThrownBy(() -> Trial.run(late, Trial.small(), Trial.task()))
        .isInstanceOf(LmException.BudgetExhausted.class)
        .hasMessageContainingAll(
            "wall-clock time", "40 validation examples", "at most", "Maybe raise it");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 45, 70, 100, 150})
  void returnsTheBestSoFarWhenTheBudgetIsSpentDuringTheSearch(int afterBaseline) {
    RuleModel improving =
        RuleModel.of(
            ProposerRules::echo,
            Tickets.rules(p -> p.demos().isEmpty() ? 0.2 : 0.5 + 0.1 * p.demos().size()));
    MiproV2Report whole = Trial.run(improving, Trial.minibatches()).report();
    long before = whole.spend().lmCalls() - whole.spendByStage().get("search").lmCalls() + 40;

    MiproV2Report report =
        Trial.run(budget(improving, before + afterBaseline), Trial.minibatches(), Trial.task())
            .report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.BUDGET_SPENT);
    assertThat(report.best().examples()).isEqualTo(40);
    assertThat(report.best().scoreMean())
        .isBetween(report.baseline().scoreMean(), whole.best().scoreMean());
    assertThat(report.trials().get(0)).satisfies(t -> assertThat(t.scoreMean()).isPresent());
    Spend search = report.spendByStage().get("search");
    assertThat(search.lmCalls()).isGreaterThanOrEqualTo(40L + afterBaseline);
    if (afterBaseline == 150) {
      assertThat(report.improved()).isTrue();
    }
  }

  @Test
  void keepsTheTrialsThatWerePaidForBesideTheOneThatTheBudgetStopped() {
    RuleModel improving =
        RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.2 : 0.8));
    MiproV2 settings = Trial.small().trialsInFlight(4);
    MiproV2Report whole = Trial.run(Contexts.of(improving, 1), settings, Trial.task()).report();
    long before = whole.spend().lmCalls() - whole.spendByStage().get("search").lmCalls() + 40;

    Context context =
        Contexts.of(improving, 1).toBuilder().budget(Budget.ofCalls(before + 130)).build();
    MiproV2Report report = Trial.run(context, settings, Trial.task()).report();

    assertThat(report.trials().stream().filter(t -> t.unscoredExamples() == 0)).hasSize(4);
    assertThat(report.improved()).isTrue();
  }
}
