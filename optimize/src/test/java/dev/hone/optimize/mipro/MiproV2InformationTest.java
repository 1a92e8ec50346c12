package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Follows what is found out in one stage to where it has to arrive in the next. */
class MiproV2InformationTest {
  private static RuleModel model() {
    return RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));
  }

  private static List<String> texts(MiproV2Report report, String predictor) {
    return report.instructions().get(predictor).stream().map(InstructionCandidate::text).toList();
  }

  private static Set<String> instructionsSeen(List<SeenPrompt> prompts) {
    return prompts.stream().map(SeenPrompt::instructions).collect(Collectors.toSet());
  }

  @Test
  void carriesWhatTheDataShowsThroughSummaryAndProposalIntoThePromptsOfTheTrials() {
    for (String topic : List.of("quartz", "garnet")) {
      RuleModel model = model();
      Dataset<Ticket, Route> trainset = Tickets.data(0, 40, topic);
      OptimizationTask<Ticket, Route> task =
          OptimizationTask.of(new Tickets.Router(), trainset, Tickets.metric())
              .withValset(Tickets.data(40, 80, "nothing special"));

      MiproV2Report report = Trial.run(Contexts.of(model), Trial.small(), task).report();

      assertThat(report.datasetSummary()).isEqualTo("Topics: about " + topic + ".");
      assertThat(model.askedFor("instruction"))
          .allMatch(prompt -> prompt.input("datasetSummary").contains(topic));
      assertThat(texts(report, "route").subList(1, 3)).allMatch(text -> text.contains(topic));
      assertThat(instructionsSeen(Trial.inTrials(model)))
          .containsExactlyInAnyOrderElementsOf(texts(report, "route"));
    }
  }

  @Test
  void givesTheProgramTheInputsOfAnExampleAndNeverItsLabel() {
    RuleModel model = model();

    Trial.run(model, Trial.small());

    assertThat(Trial.inTrials(model))
        .isNotEmpty()
        .allMatch(prompt -> prompt.inputs().keySet().equals(Set.of("text")))
        .allMatch(
            prompt ->
                prompt.demos().stream().noneMatch(d -> d.get("text").equals(prompt.input("text"))));
  }

  @Test
  void showsTheDemosOfEveryCandidateSetToTheModel() {
    RuleModel model = model();

    MiproV2Report report =
        Trial.run(model, Trial.small().instructionCandidates(1).trials(20)).report();

    Set<List<String>> shown =
        Trial.inTrials(model).stream()
            .map(prompt -> prompt.demos().stream().map(demo -> demo.get("text")).toList())
            .collect(Collectors.toSet());
    Set<List<String>> candidates =
        report.demoSets().get("route").stream()
            .map(
                set -> set.demos().stream().map(d -> d.inputs().get("text").stringValue()).toList())
            .collect(Collectors.toSet());
    assertThat(candidates).hasSize(3);
    assertThat(shown).isEqualTo(candidates);
  }

  @Test
  void givesTheTwoPredictorsOfAProgramOtherInstructionsAndOtherDemos() {
    RuleModel model =
        RuleModel.of(
            ProposerRules.withInstruction(
                p -> "For " + p.input("predictor").split(":")[0] + p.options().rolloutId()),
            Relay.rules(p -> 1, p -> 1));

    MiproV2Report report = Trial.run(Contexts.of(model), Trial.small(), Trial.relay()).report();

    assertThat(texts(report, "find").subList(1, 3))
        .allMatch(text -> text.startsWith("For predictor find"));
    assertThat(texts(report, "decide").subList(1, 3))
        .allMatch(text -> text.startsWith("For predictor decide"));
    assertThat(Trial.inTrials(model))
        .allMatch(
            prompt ->
                prompt.demos().stream()
                    .allMatch(
                        demo ->
                            prompt.asksFor("clue") == demo.containsKey("clue")
                                    && !demo.containsKey("label")
                                || prompt.asksFor("label") && demo.containsKey("label")));
    Set<Integer> configurations =
        report.trials().stream()
            .map(trial -> trial.request().configuration().choices().size())
            .collect(Collectors.toSet());
    assertThat(configurations).containsExactly(4);
  }

  @Test
  void showsProposalsDifferentTipsAndDifferentDemos() {
    RuleModel model = model();

    Trial.run(model, Trial.small().instructionCandidates(6).demoSets(5));

    List<SeenPrompt> proposals = model.askedFor("instruction");
    assertThat(proposals).hasSize(5);
    assertThat(proposals.stream().map(p -> p.input("tip")).distinct()).hasSize(5);
    assertThat(proposals.stream().map(p -> p.input("examples")).distinct())
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void givesEveryProposalTheFixedTip() {
    RuleModel model = model();

    Trial.run(model, Trial.small().proposer(ProposerSettings.defaults().withFixedTip("Rhyme.")));

    assertThat(model.askedFor("instruction"))
        .hasSize(2)
        .allMatch(p -> p.input("tip").equals("Rhyme."));
  }

  @Test
  void drawsFromTheTipsOfTheUser() {
    RuleModel model = model();

    Trial.run(
        model,
        Trial.small().proposer(ProposerSettings.defaults().withTips(List.of("One.", "Two."))));

    assertThat(model.askedFor("instruction").stream().map(p -> p.input("tip")))
        .containsExactlyInAnyOrder("One.", "Two.");
  }

  @Test
  void asksTheProposerForNothingThatIsSwitchedOff() {
    RuleModel model = model();

    Trial.run(
        model,
        Trial.small()
            .proposer(
                ProposerSettings.defaults()
                    .withFixedTip("Rhyme.")
                    .withAwareness(false, false, false, false)));

    assertThat(model.askedFor("observations")).isEmpty();
    assertThat(model.askedFor("description")).isEmpty();
    assertThat(model.askedFor("instruction"))
        .hasSize(2)
        .allMatch(p -> p.inputs().keySet().equals(Set.of("predictor", "currentInstruction")));
  }

  @Test
  void asksForNothingThatIsSwitchedOffInLaterRoundsEither() {
    RuleModel model = model();

    Trial.run(
        model,
        Trial.small()
            .trials(24)
            .proposalRounds(3)
            .proposer(ProposerSettings.defaults().withAwareness(false, false, false, false)));

    assertThat(model.askedFor("instruction").stream().skip(2))
        .hasSize(4)
        .allMatch(
            p ->
                p.inputs()
                    .keySet()
                    .equals(Set.of("predictor", "currentInstruction", "earlierInstructions")));
  }

  @Test
  void describesProgramAndDataOnceForAllPredictorsAndCandidates() {
    RuleModel model = RuleModel.of(ProposerRules::echo, Relay.rules(p -> 1, p -> 1));

    Trial.run(Contexts.of(model), Trial.small().instructionCandidates(6), Trial.relay());

    assertThat(model.askedFor("description")).hasSize(1);
    assertThat(model.askedFor("summary")).hasSize(1);
    assertThat(model.askedFor("observations")).hasSize(4);
    assertThat(model.askedFor("instruction")).hasSize(10);
  }

  @Test
  void tellsTheDescriptionOfARecordedRun() {
    RuleModel model = RuleModel.of(ProposerRules::echo, Relay.rules(p -> 1, p -> 1));

    Trial.run(Contexts.of(model), Trial.small(), Trial.relay());

    assertThat(model.askedFor("description").get(0).input("recordedRun"))
        .contains("find", "decide", "clue", "label");
  }

  @Test
  void searchesInstructionsOnlyWithoutDemosWhileTracesInformTheProposer() {
    RuleModel model = model();

    Optimized<Ticket, Route, MiproV2Report> optimized =
        Trial.run(model, Trial.small().maxBootstrappedDemos(0).maxLabeledDemos(0));

    assertThat(optimized.compiled().state().of("route").demos()).isEmpty();
    assertThat(Trial.inTrials(model)).allMatch(prompt -> prompt.demos().isEmpty());
    assertThat(model.askedFor("instruction"))
        .isNotEmpty()
        .allMatch(prompt -> prompt.input("examples").contains("ticket"));
    assertThat(model.askedFor("description").get(0).input("recordedRun")).contains("route");
    assertThat(optimized.report().plan().demoSets()).isZero();
  }

  @Test
  void writesInstructionsOnThePromptModelAndRunsTheProgramOnTheTaskModel() {
    RuleModel writer = new RuleModel("writer", ProposerRules::echo);
    RuleModel worker = new RuleModel("worker", Tickets.rules(p -> 0.5));

    var optimized =
        Contexts.of(worker)
            .call(() -> Trial.small().promptModel(Contexts.bare(writer, 4)).compile(Trial.task()));

    assertThat(writer.seen()).isNotEmpty().allMatch(ProposerRules::asked);
    assertThat(worker.seen()).isNotEmpty().noneMatch(ProposerRules::asked);
    assertThat(optimized.compiled().provenance().modelIds())
        .isEqualTo(Map.of("task", "worker", "prompt", "writer", "teacher", "worker"));
    assertThat(optimized.report().spendByModel().get("writer").lmCalls())
        .isEqualTo(writer.seen().size());
  }
}
