package dev.hone.optimize.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.optimize.bootstrap.LabeledDemos;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.propose.choose.ScoredInstruction;
import dev.hone.program.Predictors;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroundedProposerTest {
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

  private SeenPrompt proposal() {
    return model.askedFor("instruction").get(0);
  }

  private List<DemoCandidate> demoSets() {
    List<Demo> demos = LabeledDemos.fitting(new Tickets.Router().route(), trainset.examples());
    return List.of(
        new DemoCandidate(DemoCandidate.Origin.ZERO_SHOT, List.of()),
        new DemoCandidate(DemoCandidate.Origin.LABELED, demos.subList(0, 5)),
        new DemoCandidate(DemoCandidate.Origin.BOOTSTRAPPED, demos.subList(5, 7)));
  }

  @Test
  void summarizesTheDataItIsGiven() {
    Grounding quartz =
        Contexts.of(model)
            .call(() -> proposer(ProposerSettings.defaults()).ground(trainset, List.of()));
    Grounding garnet =
        Contexts.of(model)
            .call(
                () ->
                    proposer(ProposerSettings.defaults())
                        .ground(Tickets.data(0, 25, "garnet"), List.of()));

    assertThat(quartz.datasetSummary()).isEqualTo("Topics: about quartz.");
    assertThat(garnet.datasetSummary()).isEqualTo("Topics: about garnet.");
  }

  @Test
  void keepsWhatTheFirstBatchShowsThoughItSaysThatThereIsNothingToAdd() {
    RuleModel content =
        new RuleModel(
            "m",
            prompt ->
                prompt.asksFor("observations")
                    ? Map.of("observations", "about quartz", "nothingToAdd", "true")
                    : ProposerRules.echo(prompt));

    Grounding grounding =
        Contexts.of(content)
            .call(() -> proposer(ProposerSettings.defaults()).ground(trainset, List.of()));

    assertThat(grounding.datasetSummary()).isEqualTo("Topics: about quartz.");
    assertThat(content.askedFor("observations")).hasSize(2);
  }

  @Test
  void showsEveryExampleWithItsLabelToTheSummaryOnce() {
    Contexts.of(model)
        .call(() -> proposer(ProposerSettings.defaults()).ground(trainset, List.of()));

    String shown =
        String.join(
            "\n", model.askedFor("observations").stream().map(p -> p.input("examples")).toList());
    assertThat(model.askedFor("observations")).hasSize(3);
    assertThat(shown.lines().filter(line -> line.startsWith("text: ticket ")).distinct())
        .hasSize(25);
    assertThat(shown.lines().filter(line -> line.startsWith("label: "))).hasSize(25);
    assertThat(model.askedFor("summary")).hasSize(1);
  }

  @Test
  void givesEarlierObservationsToTheNextBatchAndStopsWhenThereIsNothingToAdd() {
    RuleModel bored =
        new RuleModel(
            "m",
            prompt ->
                prompt.asksFor("observations") && !prompt.input("earlierObservations").isEmpty()
                    ? Map.of("observations", "DISCARDED", "nothingToAdd", "true")
                    : ProposerRules.echo(prompt));

    Contexts.of(bored)
        .call(() -> proposer(ProposerSettings.defaults()).ground(trainset, List.of()));

    assertThat(bored.askedFor("observations")).hasSize(2);
    assertThat(bored.askedFor("observations").get(1).input("earlierObservations"))
        .isEqualTo("about quartz");
    assertThat(bored.askedFor("summary").get(0).input("observations")).isEqualTo("about quartz");
  }

  @Test
  void looksAtTenBatchesAtMost() {
    Contexts.of(model)
        .call(
            () ->
                proposer(ProposerSettings.defaults().withViewDataBatchSize(1))
                    .ground(trainset, List.of()));

    assertThat(model.askedFor("observations")).hasSize(10);
    assertThat(model.askedFor("summary")).hasSize(1);
  }

  @Test
  void describesTheProgramFromItsPredictorsWithTheirFieldsAndInstructions() {
    Predictors two = Predictors.of(new Relay.TwoSteps());

    Contexts.of(model)
        .call(
            () ->
                new GroundedProposer(ProposerSettings.defaults(), two, 0)
                    .ground(trainset, List.of()));

    assertThat(model.askedFor("description")).hasSize(1);
    assertThat(model.askedFor("description").get(0).input("predictors"))
        .contains("predictor find", "predictor decide", "clue", "Find a clue in the ticket.")
        .contains(Tickets.ORIGINAL);
  }

  @Test
  void givesAProposalAllThatIsKnown() {
    propose(model, ALL, demoSets());

    assertThat(proposal().input("datasetSummary")).isEqualTo("Topics: about quartz.");
    assertThat(proposal().input("programDescription")).isEqualTo("The program sorts tickets.");
    assertThat(proposal().input("tip")).isEqualTo("Be brief.");
    assertThat(proposal().input("currentInstruction")).isEqualTo(Tickets.ORIGINAL);
    assertThat(proposal().input("predictor")).contains("route", "label");
    assertThat(proposal().options().temperature()).isEqualTo(1.0);
    assertThat(proposal().options().rolloutId()).isEqualTo(7);
  }

  @Test
  void tellsOneOfSeveralPredictorsWhichFieldsTheInstructionIsAbout() {
    Predictors two = Predictors.of(new Relay.TwoSteps());
    GroundedProposer proposer = new GroundedProposer(ProposerSettings.defaults(), two, 0);
    Grounding grounding = new Grounding("", "", List.of());

    Contexts.of(model)
        .call(
            () ->
                two.byName().keySet().stream()
                    .map(
                        name ->
                            proposer.propose(
                                name, ALL, grounding, List.of(), List.of(), 1, failures))
                    .toList());

    List<SeenPrompt> proposals = model.askedFor("instruction");
    assertThat(proposals.get(0).input("outputFields")).isEqualTo("- `clue` (text)");
    assertThat(proposals.get(1).input("outputFields")).isEqualTo("- `label` (text)");
    assertThat(proposals.get(0).text()).contains("say nothing on how to find any other field");
  }

  @Test
  void theOnlyPredictorIsAboutAllThereIs() {
    propose(model, ALL, demoSets());

    assertThat(proposal().inputs().keySet()).doesNotContain("outputFields");
  }

  @Test
  void mentionsNoSourceThatIsSwitchedOff() {
    propose(model, new ProposalChoice("", false, false, -1, 0.5), demoSets());

    assertThat(proposal().inputs().keySet()).containsExactly("predictor", "currentInstruction");
    assertThat(proposal().text())
        .doesNotContain("quartz", "sorts tickets", "examples", "earlierInstructions", "`tip`");
  }

  @Test
  void makesNoCallForASourceThatIsSwitchedOff() {
    Contexts.of(model)
        .call(
            () ->
                proposer(ProposerSettings.defaults().withAwareness(false, false, true, true))
                    .ground(trainset, List.of()));

    assertThat(model.seen()).isEmpty();
  }

  @Test
  void takesTheUsersDescriptionOfTheProgramWithoutACall() {
    Grounding grounding =
        Contexts.of(model)
            .call(
                () ->
                    proposer(ProposerSettings.defaults().withProgramDescription("It is mine."))
                        .ground(trainset, List.of()));

    assertThat(grounding.programDescription()).isEqualTo("It is mine.");
    assertThat(model.askedFor("description")).isEmpty();
  }

  @Test
  void showsUpToThreeDemosOfTheChosenSetAndOfTheNextOneIfItIsEmpty() {
    propose(model, new ProposalChoice("", true, true, 2, 1.0), demoSets());
    propose(model, new ProposalChoice("", true, true, 0, 1.0), demoSets());

    List<SeenPrompt> proposals = model.askedFor("instruction");
    assertThat(proposals.get(0).input("examples").lines().filter(l -> l.startsWith("text: ")))
        .containsExactly("text: ticket 5 about quartz", "text: ticket 6 about quartz");
    assertThat(proposals.get(1).input("examples").lines().filter(l -> l.startsWith("text: ")))
        .containsExactly(
            "text: ticket 0 about quartz",
            "text: ticket 1 about quartz",
            "text: ticket 2 about quartz");
  }

  @Test
  void showsEarlierInstructionsWithTheirScores() {
    List<ScoredInstruction> history =
        List.of(
            new ScoredInstruction(InstructionCandidate.original("Old."), 0.25),
            new ScoredInstruction(InstructionCandidate.original("Newer."), 0.5));

    Contexts.of(model)
        .call(
            () ->
                proposer(ProposerSettings.defaults())
                    .propose(
                        "route",
                        ALL,
                        new Grounding("", "", List.of()),
                        List.of(),
                        history,
                        1,
                        failures));

    assertThat(proposal().input("earlierInstructions"))
        .isEqualTo("score 0.250: Old.\n\nscore 0.500: Newer.");
  }

  @Test
  void keepsTheWholeTextOfAProposal() {
    String text = "You are an expert: answer carefully.\n\nUse the format \"a: b\"";
    RuleModel writer = new RuleModel("m", ProposerRules.withInstruction(prompt -> text));

    Optional<String> proposed = propose(writer, ALL, demoSets());

    assertThat(proposed).hasValue(text);
  }
}
