package dev.hone.optimize.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.propose.choose.ScoredInstruction;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.TraceStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** However large data and replies are, prompts are not. */
class ProposerBoundsTest {
  private static final ProposalChoice ALL = new ProposalChoice("", true, true, -1, 1.0);

  private final RuleModel model = new RuleModel("m", ProposerRules::echo);
  private final List<StepFailure> failures = new ArrayList<>();
  private Predictors predictors = Predictors.of(new Tickets.Router());

  private Grounding ground(
      RuleModel promptModel, List<Example<ObjectNode, ObjectNode>> rows, List<TraceStep> run) {
    return Contexts.of(promptModel)
        .call(
            () ->
                new GroundedProposer(ProposerSettings.defaults(), predictors, 0)
                    .ground(Dataset.of(rows), run));
  }

  private Optional<String> propose(
      RuleModel promptModel, Grounding grounding, List<ScoredInstruction> history) {
    return Contexts.of(promptModel)
        .call(
            () ->
                new GroundedProposer(ProposerSettings.defaults(), predictors, 0)
                    .propose("route", ALL, grounding, List.of(), history, 1, failures));
  }

  private static Example<ObjectNode, ObjectNode> row(String text) {
    return Example.of(Json.object().put("text", text), Json.object().put("label", "A"));
  }

  private static RuleModel answering(String field, Function<SeenPrompt, String> text) {
    return new RuleModel(
        "m",
        prompt ->
            prompt.asksFor(field)
                ? asked(prompt, Map.of(field, text.apply(prompt), "nothingToAdd", "false"))
                : ProposerRules.echo(prompt));
  }

  private static Map<String, String> asked(SeenPrompt prompt, Map<String, String> values) {
    Map<String, String> asked = new HashMap<>(values);
    asked.keySet().retainAll(prompt.outputs());
    return asked;
  }

  private static int longest(List<SeenPrompt> prompts) {
    return prompts.stream().mapToInt(prompt -> prompt.text().length()).max().orElseThrow();
  }

  @Test
  void cutsHugeTextsAndSaysSo() {
    ground(model, Collections.nCopies(20, row("x".repeat(100_000))), List.of());

    assertThat(longest(model.seen())).isLessThan(10_000);
    assertThat(model.askedFor("observations").get(0).input("examples"))
        .contains("x".repeat(600) + " … (99400 more characters)");
  }

  @Test
  void doesNotCutACharacterInHalf() {
    ground(model, List.of(row("x".repeat(599) + "😀😀")), List.of());

    assertThat(model.askedFor("observations").get(0).input("examples"))
        .contains("x".repeat(599) + " … (4 more characters)");
  }

  @Test
  void countsASingleMissingCharacter() {
    assertThat(Truncation.to(3, "abcd")).isEqualTo("abc … (1 more character)");
    assertThat(Truncation.to(4, "abcd")).isEqualTo("abcd");
  }

  @Test
  void leavesOutExamplesOfRowsThatAreTooWide() {
    ObjectNode wide = Json.object();
    IntStream.range(0, 100).forEach(i -> wide.put("column" + i, "y".repeat(2_000)));
    List<Example<ObjectNode, ObjectNode>> rows =
        Collections.nCopies(10, Example.of(wide, Json.object().put("label", "A")));

    ground(model, rows, List.of());

    assertThat(longest(model.seen())).isLessThan(110_000);
    assertThat(model.askedFor("observations").get(0).input("examples"))
        .contains("label: A")
        .endsWith("… (1 of 10 examples is shown)");
  }

  @Test
  void cutsARowThatIsTooWideAlone() {
    ObjectNode wide = Json.object();
    IntStream.range(0, 1_000).forEach(i -> wide.put("column" + i, "y".repeat(2_000)));

    ground(model, List.of(Example.of(wide, Json.object())), List.of());

    assertThat(longest(model.seen())).isLessThan(110_000);
  }

  @Test
  void cutsWhatThePromptModelWritesInAbundance() {
    String flood = "very ".repeat(100_000);
    RuleModel observing = answering("observations", p -> flood);
    RuleModel summing = answering("summary", p -> flood);
    RuleModel describing = answering("description", p -> flood);
    List<Example<ObjectNode, ObjectNode>> rows = Collections.nCopies(200, row("a"));

    ground(observing, rows, List.of());

    assertThat(longest(observing.seen())).isLessThan(210_000);
    assertThat(ground(summing, rows, List.of()).datasetSummary())
        .hasSizeLessThan(20_100)
        .endsWith("more characters)");
    assertThat(ground(describing, rows, List.of()).programDescription()).hasSizeLessThan(20_100);
  }

  @Test
  void condensesNothingIfNothingWasObserved() {
    RuleModel silent = answering("observations", p -> " ");

    Grounding grounding = ground(silent, Collections.nCopies(30, row("a")), List.of());

    assertThat(grounding.datasetSummary()).isEmpty();
    assertThat(silent.askedFor("summary")).isEmpty();
  }

  @Test
  void cutsTheRecordedRun() {
    TraceStep step =
        TraceStep.of(
            "route",
            Json.object().put("text", "a"),
            Json.object().put("label", "z".repeat(100_000)),
            List.of());

    ground(model, List.of(row("a")), Collections.nCopies(1_000, step));

    String shown = model.askedFor("description").get(0).input("recordedRun");
    assertThat(shown).hasSizeLessThan(40_000).endsWith("… (50 of 1000 calls are shown)");
  }

  @Test
  void doesNotTakeAFloodForAnInstruction() {
    RuleModel flooding = answering("instruction", p -> "very ".repeat(100_000));

    Optional<String> proposed = propose(flooding, new Grounding("", "", List.of()), List.of());

    assertThat(proposed).isEmpty();
    assertThat(failures)
        .singleElement()
        .asString()
        .contains("route", "499999 characters", "at most 20000", "Maybe lower maxTokens");
  }

  @Test
  void takesALongInstructionWhereThePresentOneIsLong() {
    String rules = "Keep to rule 7. ".repeat(2_000).strip();
    predictors =
        Predictors.of(
            new Program<Tickets.Ticket, Tickets.Route>() {
              private final Predict<Tickets.Ticket, Tickets.Route> route =
                  Predict.of(Tickets.Ticket.class, Tickets.Route.class, rules);

              @Override
              public Tickets.Route run(Tickets.Ticket input) {
                return route.run(input);
              }
            });
    RuleModel adding = answering("instruction", p -> "Be kind. " + p.input("currentInstruction"));

    assertThat(propose(adding, new Grounding("", "", List.of()), List.of()))
        .hasValue("Be kind. " + rules);
  }

  @Test
  void leavesOutTheWorstOfTooManyEarlierInstructions() {
    List<ScoredInstruction> history =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    new ScoredInstruction(
                        InstructionCandidate.original("Draft " + i + ". " + "w".repeat(10_000)),
                        i / 100.0))
            .toList();

    propose(model, new Grounding("", "", List.of()), history);

    String shown = model.askedFor("instruction").get(0).input("earlierInstructions");
    assertThat(shown)
        .hasSizeLessThan(101_000)
        .startsWith("… (left out: the worst 41 of 50)\n\nscore 0.410: Draft 41.")
        .contains("score 0.490: Draft 49.");
  }
}
