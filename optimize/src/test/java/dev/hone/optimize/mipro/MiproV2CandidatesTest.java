package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmException;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiproV2CandidatesTest {
  private static RuleModel model() {
    return RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));
  }

  private static List<String> texts(MiproV2Report report, String predictor) {
    return report.instructions().get(predictor).stream().map(InstructionCandidate::text).toList();
  }

  @Test
  void makesACandidateOfEveryProposalAndKeepsTheOriginalFirst() {
    RuleModel model = model();

    MiproV2Report report = Trial.run(model, Trial.small().instructionCandidates(6)).report();

    assertThat(texts(report, "route")).hasSize(6).first().isEqualTo(Tickets.ORIGINAL);
    assertThat(model.askedFor("instruction")).hasSize(5);
    assertThat(report.instructions().get("route").get(0).choice()).isNull();
    assertThat(report.degraded()).isFalse();
  }

  @Test
  void replacesEmptyProposalsAndDuplicates() {
    RuleModel model =
        RuleModel.of(
            ProposerRules.withInstruction(
                p -> {
                  long rollout = p.options().rolloutId();
                  return rollout == 1001
                      ? ""
                      : rollout == 1002 ? "Say  where THE\nticket goes. " : "Draft " + rollout;
                }),
            Tickets.rules(p -> 0.5));

    MiproV2Report report = Trial.run(model, Trial.small().instructionCandidates(4)).report();

    List<SeenPrompt> proposals = model.askedFor("instruction");
    assertThat(texts(report, "route"))
        .containsExactlyInAnyOrder(Tickets.ORIGINAL, "Draft 1003", "Draft 1101", "Draft 1102");
    assertThat(proposals).hasSize(5);
    assertThat(report.degraded()).isFalse();
  }

  @Test
  void givesAReplacementAnotherTip() {
    RuleModel model =
        RuleModel.of(
            ProposerRules.withInstruction(
                p -> p.input("tip").equals("One.") ? Tickets.ORIGINAL : "By " + p.input("tip")),
            Tickets.rules(p -> 0.5));
    ProposerSettings tips = ProposerSettings.defaults().withTips(List.of("One.", "Two."));

    MiproV2Report report =
        Trial.run(model, Trial.small().instructionCandidates(2).proposer(tips)).report();

    assertThat(texts(report, "route")).containsExactly(Tickets.ORIGINAL, "By Two.");
  }

  @Test
  void showsAReplacementAnotherDemoSetAndAnotherTip() {
    RuleModel model =
        RuleModel.of(
            ProposerRules.withInstruction(
                p -> p.options().rolloutId() < 1100 ? Tickets.ORIGINAL : "Something new."),
            Tickets.rules(p -> 1));

    Trial.run(model, Trial.small().instructionCandidates(2).demoSets(6));

    List<SeenPrompt> proposals = model.askedFor("instruction");
    assertThat(proposals).hasSize(2);
    assertThat(proposals.get(1).input("examples"))
        .isNotEmpty()
        .isNotEqualTo(proposals.get(0).input("examples"));
    assertThat(proposals.get(1).input("tip"))
        .isNotEmpty()
        .isNotEqualTo(proposals.get(0).input("tip"));
  }

  @Test
  void saysWhenThePromptModelOnlyRepeatsItself() {
    RuleModel model =
        RuleModel.of(
            ProposerRules.withInstruction(p -> "Always the same."), Tickets.rules(p -> 0.5));

    MiproV2Report report = Trial.run(model, Trial.small().instructionCandidates(4)).report();

    assertThat(texts(report, "route")).containsExactly(Tickets.ORIGINAL, "Always the same.");
    assertThat(report.notes())
        .contains("Round 1: 2 proposals for route said nothing new, nor did their 4 replacements");
  }

  @Test
  void saysSoInTheSingularOfOneProposal() {
    RuleModel model =
        RuleModel.of(ProposerRules.withInstruction(p -> Tickets.ORIGINAL), Tickets.rules(p -> 0.5));

    MiproV2Report report = Trial.run(model, Trial.small().instructionCandidates(2)).report();

    assertThat(report.notes())
        .contains("Round 1: 1 proposal for route said nothing new, nor did its 2 replacements");
  }

  @Test
  void losesOnlyTheCandidateWhoseProposalFailedAndSaysThatTheRunIsDegraded() {
    RuleModel model =
        RuleModel.of(
            prompt -> {
              if (prompt.asksFor("instruction") && prompt.options().rolloutId() % 100 == 2) {
                throw new LmException.ContentRefused("refused", null);
              }
              return ProposerRules.echo(prompt);
            },
            Tickets.rules(p -> 0.5));

    MiproV2Report report = Trial.run(model, Trial.small().instructionCandidates(4)).report();

    assertThat(report.instructions().get("route")).hasSize(3);
    assertThat(report.degraded()).isTrue();
    assertThat(report.notes()).anyMatch(p -> p.contains("route") && p.contains("refused"));
  }

  @Test
  void runsOnWithoutAnyProposal() {
    RuleModel model =
        RuleModel.of(
            prompt -> {
              throw new LmException.ContentRefused("refused", null);
            },
            Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.7));

    MiproV2Report report = Trial.run(model, Trial.small()).report();

    assertThat(texts(report, "route")).containsExactly(Tickets.ORIGINAL);
    assertThat(report.degraded()).isTrue();
    assertThat(report.improved()).isTrue();
  }

  @Test
  void keepsTheDemosOfTheStudentWhenOnlyInstructionsAreSearched() {
    RuleModel model = model();
    Tickets.Router student = MiproV2BaselineTest.withTwoDemos();

    var optimized =
        Trial.run(
            Contexts.of(model),
            Trial.small().maxBootstrappedDemos(0).maxLabeledDemos(0),
            Trial.task(student));

    assertThat(optimized.compiled().state().of("route").demos())
        .isEqualTo(student.route().state().demos());
  }

  @Test
  void worksWithLabelledDemosOnlyAndWithBootstrappedOnesOnly() {
    MiproV2Report labels =
        Trial.run(model(), Trial.small().maxBootstrappedDemos(0).maxLabeledDemos(4)).report();
    MiproV2Report bootstraps =
        Trial.run(model(), Trial.small().maxBootstrappedDemos(3).maxLabeledDemos(0)).report();

    assertThat(origins(labels))
        .containsOnly(DemoCandidate.Origin.ZERO_SHOT, DemoCandidate.Origin.LABELED);
    assertThat(origins(bootstraps))
        .containsOnly(DemoCandidate.Origin.ZERO_SHOT, DemoCandidate.Origin.BOOTSTRAPPED);
  }

  private static List<DemoCandidate.Origin> origins(MiproV2Report report) {
    return report.demoSets().get("route").stream().map(DemoCandidate::origin).toList();
  }
}
