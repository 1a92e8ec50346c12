package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.testkit.FlakyModel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was paid for is kept when the model goes away, or cannot run some candidates. */
class MiproV2LostModelTest {
  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.9));

  static Stream<Search> searches() {
    return Stream.of(
        RacingSearch.defaults().wholeValset(true).budgetFraction(1).pointsPerThousandTokens(0),
        Search.tpe());
  }

  private static boolean inTrial(SeenPrompt prompt) {
    return prompt.input("text").startsWith("ticket") && Tickets.number(prompt.input("text")) >= 40;
  }

  private static boolean changed(SeenPrompt prompt) {
    return inTrial(prompt) && !prompt.instructions().equals(Tickets.ORIGINAL);
  }

  private static FlakyModel failing(
      RuleModel model, LmException error, Predicate<SeenPrompt> when) {
    return FlakyModel.failingBy(
        model,
        (request, attempt) ->
            when.test(SeenPrompt.of(request)) ? Optional.of(error) : Optional.empty());
  }

  /** Answers so many calls of trials, then none. */
  private static Predicate<SeenPrompt> after(int calls) {
    AtomicInteger count = new AtomicInteger();
    return prompt -> inTrial(prompt) && count.incrementAndGet() > calls;
  }

  @ParameterizedTest
  @MethodSource("searches")
  void keepsTheBestSoFarWhenTheModelIsGone(Search search) {
    FlakyModel dying =
        failing(model, new LmException.Unavailable("connection refused", null, null), after(100));

    MiproV2Report report =
        Trial.run(Contexts.of(dying), Trial.minibatches(search), Trial.task()).report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.MODEL_UNAVAILABLE);
    assertThat(report.degraded()).isTrue();
    assertThat(report.notes()).anyMatch(p -> p.contains("connection refused"));
    assertThat(report.toString()).contains("model unavailable", "connection refused");
  }

  @ParameterizedTest
  @MethodSource("searches")
  void keepsTheBestSoFarWhenTheCredentialIsRefused(Search search) {
    FlakyModel revoked =
        failing(model, new LmException.Unauthorized("key revoked", null), after(100));

    MiproV2Report report =
        Trial.run(Contexts.of(revoked), Trial.minibatches(search), Trial.task()).report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.MODEL_UNAVAILABLE);
    assertThat(report.notes()).anyMatch(p -> p.contains("key revoked"));
  }

  @Test
  void throwsWhenTheCredentialIsRefusedAtOnce() {
    FlakyModel revoked =
        failing(model, new LmException.Unauthorized("key revoked", null), p -> true);

    assertThatThrownBy(() -> Trial.run(Contexts.of(revoked), Trial.small(), Trial.task()))
        .isInstanceOf(LmException.Unauthorized.class);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void goesOnWhenTheModelRefusesSomeCandidatesOnly(Search search) {
    FlakyModel narrow =
        failing(
            model,
            new LmException.InvalidRequest("prompt too long", null),
            MiproV2LostModelTest::changed);

    MiproV2Report report =
        Trial.run(Contexts.of(narrow), Trial.small().search(search), Trial.task()).report();

    assertThat(report.finishReason()).isNotEqualTo(FinishReason.MODEL_UNAVAILABLE);
    assertThat(report.improved()).isTrue();
    assertThat(report.best().configuration().choice(0)).isZero();
    assertThat(report.best().examples()).isEqualTo(40);
    assertThat(report.notes()).anyMatch(p -> p.contains("prompt too long"));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void aCandidateThatTheMetricAlwaysFailsOnCostsOnlyItself(Search search) {
    var rules = Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.9);
    RuleModel odd =
        RuleModel.of(
            ProposerRules::echo, p -> changed(p) ? Map.of("label", "odd") : rules.apply(p));
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          if (actual.label().equals("odd")) {
            throw new IllegalStateException("cannot score that");
          }
          return Score.of(actual.equals(example.expected()));
        };

    MiproV2Report report =
        Trial.run(
                Contexts.of(odd),
                Trial.small().search(search).trialsInFlight(3),
                Trial.task(new Tickets.Router(), broken))
            .report();

    assertThat(report.best().configuration().choice(0)).isZero();
    assertThat(report.notes()).anyMatch(p -> p.contains("cannot score that"));
  }

  @Test
  void nothingWinsOnAFewExamplesThatHappenedToBeScored() {
    AtomicInteger calls = new AtomicInteger();
    FlakyModel flaky =
        failing(
            model,
            new LmException.Unavailable("down", null, null),
            p -> changed(p) && calls.incrementAndGet() % 3 != 0);

    MiproV2Report report =
        Trial.run(
                Contexts.of(flaky, 1),
                Trial.small()
                    .search(
                        RacingSearch.defaults()
                            .wholeValset(true)
                            .budgetFraction(1)
                            .pointsPerThousandTokens(0)),
                Trial.task())
            .report();

    assertThat(report.baseline().examples()).isEqualTo(40);
    assertThat(report.best().examples()).isGreaterThanOrEqualTo(36);
  }
}
