package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.run.ReturnReason;
import dev.hone.optimize.search.LeadOverBaseline;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs: what is returned under keepBaselineUnless, and what reports say of its price. */
class WhatIsReturnedTest {
  private static RuleModel withDemos(double skill) {
    return RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.5 : skill));
  }

  private static String words(MiproV2Report report) {
    return report.toString().replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void aLittleBetterIsNotEnoughWhereItIsToBeSure(String search) {
    MiproV2 settings = Trial.small().search(Search.named(search)).instructionCandidates(1);

    MiproV2Report plain = Trial.run(withDemos(0.6), settings.search(Search.tpe())).report();
    MiproV2Report careful = Trial.run(withDemos(0.6), settings.keepBaselineUnless(0.999)).report();

    assertThat(plain.improved()).isTrue();
    assertThat(plain.reason()).isEqualTo(ReturnReason.HIGHEST_EXPECTED_SCORE);
    assertThat(careful.improved()).isFalse();
    assertThat(careful.best()).isEqualTo(careful.baseline());
    if (!search.equals("racing")) {
      assertThat(careful.reason()).isEqualTo(ReturnReason.KEPT_BASELINE);
      assertThat(careful.lead().orElseThrow().probability()).isBetween(0.5, 0.999);
      assertThat(words(careful))
          .contains("returned the program as given, by keepBaselineUnless: i0 d")
          .contains("less than 0.999")
          .containsPattern("[1-9] of \\d other configurations? scored higher");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void whatIsMuchBetterIsReturnedAllTheSame(String search) {
    MiproV2 settings = Trial.small().search(Search.named(search)).keepBaselineUnless(0.9);

    MiproV2Report report = Trial.run(withDemos(1), settings).report();

    assertThat(report.improved()).isTrue();
    LeadOverBaseline lead = report.lead().orElseThrow();
    assertThat(lead.probability()).isGreaterThanOrEqualTo(0.9);
    assertThat(lead.configuration()).isEqualTo(report.best().configuration());
    assertThat(lead.difference().mean())
        .isCloseTo(report.best().scoreMean() - report.baseline().scoreMean(), within(1e-9));
  }

  @Test
  void aBaselineThatFailsAConstraintIsNotKept() {
    Metric<Ticket, Route> metric =
        Tickets.metric()
            .subjectTo(
                Constraint.atLeast(
                    "recall of red", CorpusMetric.recallOf(Route::label, "red"), 0.6));
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            prompt -> {
              String label = Tickets.label(Tickets.number(prompt.input("text")));
              boolean right = label.equals("red") != prompt.demos().isEmpty();
              return Map.of("label", right ? label : "wrong");
            });

    MiproV2Report report =
        Trial.run(
                Contexts.of(model),
                Trial.small().instructionCandidates(1).keepBaselineUnless(0.9),
                Trial.task(new Tickets.Router(), metric))
            .report();

    assertThat(report.improved()).isTrue();
    assertThat(report.best().scoreMean()).isLessThan(report.baseline().scoreMean());
    assertThat(report.constraints()).singleElement().matches(Constraint.Check::met);
    assertThat(report.notes())
        .contains(
            "keepBaselineUnless (0.9) is not met, but the program as given is not shown to meet the"
                + " constraints.");
    assertThat(words(report))
        .contains("highest expected score by tpe, less what the constraints lack");
  }

  @Test
  void aRaceThatCompletesNothingIsReportedOnCommonExamples() {
    int partly = 0;
    for (int seed = 0; seed < 6; seed++) {
      MiproV2Report report =
          Trial.run(
                  withDemos(0.9),
                  Trial.small().search(RacingSearch.defaults().wholeValset(false)).seed(seed))
              .report();

      assertThat(report.best().examples()).isEqualTo(report.baseline().examples());
      report
          .lead()
          .filter(lead -> report.improved())
          .ifPresent(
              lead -> assertThat(lead.difference().examples()).isEqualTo(report.best().examples()));
      if (report.improved() && report.best().examples() < 40) {
        partly++;
        assertThat(words(report))
            .containsPattern(
                "on the \\d+ of 40 validation examples that both were scored on \\(as given: \\d+, returned: \\d+\\)");
      }
    }
    assertThat(partly).isPositive();
  }

  @Test
  void saysWhatTheWinnerCostsPerRunAsTheModelReportedIt() {
    MiproV2Report report = Trial.run(withDemos(1), Trial.small()).report();

    assertThat(report.tokensPerRun().reported()).isTrue();
    assertThat(report.tokensPerRun().ratio()).isGreaterThan(1);
    assertThat(words(report))
        .containsPattern(
            "tokens per run [\\d,]+ -> [\\d,]+ \\([\\d.]+x\\), prompt tokens as the model reported");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.2, 1, 1.5, Double.NaN})
  void aProbabilityThatIsNoneIsRefused(double value) {
    assertThatThrownBy(() -> MiproV2.light().keepBaselineUnless(value))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("keepBaselineUnless (" + value + ")")
        .hasMessageContaining("Maybe use 0.9");
  }

  @Test
  void isInTheSettingsWhereItIsSet() {
    assertThat(MiproV2.light().keepBaselineUnless(0.9).toString())
        .contains("\"keepBaselineUnless\":0.9");
    assertThat(MiproV2.light().toString()).doesNotContain("keepBaselineUnless");
  }
}
