package dev.hone.optimize.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Budget;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.optimize.bootstrap.LabeledDemos;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.program.Predictors;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProposerFailureTest {
  private static final ProposalChoice ALL = new ProposalChoice("Be brief.", true, true, 0, 1.0);

  private final Predictors predictors = Predictors.of(new Tickets.Router());
  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 25, "quartz");
  private final List<StepFailure> failures = new ArrayList<>();
  private final RuleModel model = new RuleModel("m", ProposerRules::echo);

  private GroundedProposer proposer(ProposerSettings settings) {
    return new GroundedProposer(settings, predictors, 0);
  }

  private Optional<String> propose(
      RuleModel promptModel, ProposalChoice choice, List<DemoCandidate> demoSets) {
    return Contexts.of(promptModel)
        .call(
            () -> {
              GroundedProposer proposer = proposer(ProposerSettings.defaults());
              Grounding grounding = proposer.ground(trainset, List.of());
              return proposer.propose("route", choice, grounding, demoSets, List.of(), 7, failures);
            });
  }

  private List<DemoCandidate> demoSets() {
    List<Demo> demos = LabeledDemos.fitting(new Tickets.Router().route(), trainset.examples());
    return List.of(
        new DemoCandidate(DemoCandidate.Origin.ZERO_SHOT, List.of()),
        new DemoCandidate(DemoCandidate.Origin.LABELED, demos.subList(0, 5)),
        new DemoCandidate(DemoCandidate.Origin.BOOTSTRAPPED, demos.subList(5, 7)));
  }

  @Test
  void keepsWhatItObservedWhenALaterBatchFails() {
    RuleModel failing =
        new RuleModel(
            "m",
            prompt -> {
              if (prompt.asksFor("observations")
                  && !prompt.input("earlierObservations").isEmpty()) {
                throw new LmException.ContentRefused("refused", null);
              }
              return ProposerRules.echo(prompt);
            });

    Grounding grounding =
        Contexts.of(failing)
            .call(() -> proposer(ProposerSettings.defaults()).ground(trainset, List.of()));

    assertThat(grounding.datasetSummary()).isEqualTo("Topics: about quartz.");
    assertThat(grounding.failures()).hasSize(1).allMatch(f -> f.contains("refused"));
  }

  @Test
  void losesOnlyTheProposalThatFailed() {
    RuleModel failing =
        new RuleModel(
            "m",
            prompt -> {
              if (prompt.asksFor("instruction")) {
                throw new LmException.ContentRefused("refused", null);
              }
              return ProposerRules.echo(prompt);
            });

    Optional<String> proposed = propose(failing, ALL, demoSets());

    assertThat(proposed).isEmpty();
    assertThat(failures)
        .hasSize(1)
        .allMatch(f -> f.problem().contains("route") && f.problem().contains("refused"));
  }

  @Test
  void goesOnWithoutASummaryThatFailed() {
    RuleModel failing =
        new RuleModel(
            "m",
            prompt -> {
              if (prompt.asksFor("observations")) {
                throw new LmException.ContentRefused("refused", null);
              }
              return ProposerRules.echo(prompt);
            });

    Grounding grounding =
        Contexts.of(failing)
            .call(() -> proposer(ProposerSettings.defaults()).ground(trainset, List.of()));

    assertThat(grounding.datasetSummary()).isEmpty();
    assertThat(grounding.programDescription()).isEqualTo("The program sorts tickets.");
    assertThat(grounding.failures()).hasSize(1);
  }

  @Test
  void doesNotTakeASpentBudgetForAFailedStep() {
    assertThatThrownBy(
            () ->
                Contexts.of(model).toBuilder()
                    .budget(Budget.ofCalls(2))
                    .build()
                    .call(() -> proposer(ProposerSettings.defaults()).ground(trainset, List.of())))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }
}
