package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalRoundsTest {
  private static final String GOOD = "easily confused";

  private static RuleModel planting() {
    return RuleModel.of(
        ProposerRules::echo,
        Tickets.rules(p -> p.instructions().contains(GOOD) ? 0.9 : 0.3 + 0.01 * p.demos().size()));
  }

  private static List<SeenPrompt> proposals(RuleModel model, int round) {
    return model.seen(p -> p.asksFor("instruction") && p.options().rolloutId() / 1000 == round);
  }

  @Test
  void showsLaterRoundsWhatEarlierInstructionsScored() {
    RuleModel model = planting();

    MiproV2Report report = Trial.run(model, Trial.small().trials(24).proposalRounds(3)).report();

    assertThat(proposals(model, 1))
        .isNotEmpty()
        .allMatch(p -> p.input("earlierInstructions").isEmpty());
    assertThat(proposals(model, 2))
        .isNotEmpty()
        .allMatch(p -> p.input("earlierInstructions").contains(Tickets.ORIGINAL))
        .allMatch(p -> p.input("earlierInstructions").contains("Draft 100"));
    assertThat(proposals(model, 3))
        .isNotEmpty()
        .allMatch(p -> p.input("earlierInstructions").contains("Draft 200"));
    double baseline = report.baseline().scoreMean();
    assertThat(proposals(model, 2).get(0).input("earlierInstructions"))
        .contains("score 0.")
        .satisfies(
            text -> {
              double first = Double.parseDouble(text.substring(6, 11));
              assertThat(first).isBetween(baseline - 0.05, baseline + 0.05);
            });
  }

  @Test
  void triesTheInstructionsOfEveryRound() {
    RuleModel model = planting();

    MiproV2Report report = Trial.run(model, Trial.small().trials(24).proposalRounds(3)).report();

    List<InstructionCandidate> candidates = report.instructions().get("route");
    assertThat(candidates.stream().map(InstructionCandidate::round))
        .containsExactly(0, 1, 1, 2, 2, 3, 3);
    assertThat(
            report.trials().stream()
                .map(t -> t.request().configuration().choice(0))
                .map(index -> candidates.get(index).round())
                .distinct())
        .containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(report.trials()).hasSizeBetween(20, 30);
  }

  @Test
  void choosesAGoodTipMoreOftenInLaterRounds() {
    int first = 0;
    int last = 0;
    for (long seed = 0; seed < 10; seed++) {
      RuleModel model = planting();

      Trial.run(
          model, Trial.small().instructionCandidates(8).trials(60).proposalRounds(3).seed(seed));

      first += good(proposals(model, 1));
      last += good(proposals(model, 3));
    }
    assertThat(first).isEqualTo(10);
    assertThat(last).isGreaterThanOrEqualTo(2 * first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpe", "racing"})
  void proposesNothingMoreWhenTheTargetIsReached(String search) {
    RuleModel model = planting();

    MiproV2Report report =
        Trial.run(
                model,
                Trial.small()
                    .search(
                        search.equals("tpe")
                            ? Search.tpe()
                            : RacingSearch.defaults().wholeValset(true))
                    .targetScore(0.0)
                    .trials(9)
                    .proposalRounds(3))
            .report();

    if (search.equals("tpe")) {
      assertThat(report.finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    }
    assertThat(model.askedFor("instruction")).hasSize(2);
    assertThat(report.instructions().get("route")).hasSize(3);
  }

  @Test
  void goesOnWithNewInstructionsWhenThePatienceOfARoundIsSpent() {
    RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

    MiproV2Report report =
        Trial.run(model, Trial.small().demoSets(9).trials(24).proposalRounds(3).patience(3))
            .report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.NO_IMPROVEMENT);
    assertThat(model.askedFor("instruction")).hasSize(6);
    assertThat(report.trials()).hasSizeLessThan(18);
  }

  @Test
  void triesEveryInstructionThatALaterRoundProposedWhereThereAreTrialsForIt() {
    for (long seed = 0; seed < 10; seed++) {
      MiproV2Report report =
          Trial.run(
                  planting(),
                  Trial.small()
                      .instructionCandidates(5)
                      .demoSets(9)
                      .trials(15)
                      .proposalRounds(3)
                      .seed(seed))
              .report();

      List<InstructionCandidate> candidates = report.instructions().get("route");
      assertThat(
              report.trials().stream()
                  .map(trial -> candidates.get(trial.request().configuration().choice(0)))
                  .filter(candidate -> candidate.round() > 1)
                  .distinct())
          .hasSize(8);
    }
  }

  @Test
  void saysHowManyInstructionsWereNeverTried() {
    MiproV2Report report =
        Trial.run(
                planting(),
                Trial.small().instructionCandidates(5).demoSets(9).trials(6).proposalRounds(3))
            .report();

    long tried =
        report.trials().stream()
            .map(trial -> trial.request().configuration().choice(0))
            .filter(index -> index > 0)
            .distinct()
            .count();
    assertThat(tried).isBetween(4L, 6L);
    assertThat(report.notes())
        .contains(
            "%d of 12 proposed instructions were never tried. Maybe raise trials, or lower instructionCandidates or proposalRounds."
                .formatted(12 - tried));
    assertThat(Trial.run(planting(), Trial.small().trials(24)).report().notes())
        .noneMatch(note -> note.contains("never tried"));
  }

  private static int good(List<SeenPrompt> proposals) {
    return (int) proposals.stream().filter(p -> p.input("tip").contains(GOOD)).count();
  }

  @Test
  void findsABetterInstructionThanOneRoundWhenLaterProposalsLearn() {
    RuleModel learning =
        RuleModel.of(
            ProposerRules.withInstruction(
                p ->
                    "Draft %d %s"
                        .formatted(
                            p.options().rolloutId(),
                            p.input("earlierInstructions").contains("score") ? "learnt" : "naive")),
            Tickets.rules(p -> p.instructions().contains("learnt") ? 0.9 : 0.4));

    double one = Trial.run(learning, Trial.small().trials(16)).report().best().scoreMean();
    double two =
        Trial.run(learning, Trial.small().trials(16).proposalRounds(2)).report().best().scoreMean();

    assertThat(one).isLessThan(0.5);
    assertThat(two).isGreaterThan(0.8);
  }
}
