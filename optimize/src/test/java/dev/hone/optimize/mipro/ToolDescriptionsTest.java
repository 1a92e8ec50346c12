package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.CompiledDiff;
import dev.hone.context.Context;
import dev.hone.observe.Event;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.candidate.ProposerEvent;
import dev.hone.optimize.candidate.ToolDescriptionCandidate;
import dev.hone.optimize.fake.CodeAgent;
import dev.hone.optimize.fake.CodeAgent.Ask;
import dev.hone.optimize.fake.CodeAgent.Model;
import dev.hone.optimize.fake.CodeAgent.Told;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.log.RunLog;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Trajectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of tools, as a thing that MIPROv2 proposes and searches. */
class ToolDescriptionsTest {
  private static final String GOOD = "Finds the code of a name; the query is in capital letters.";

  private final Queue<Event> events = new ConcurrentLinkedQueue<>();

  private static OptimizationTask<Ask, Told> task() {
    return OptimizationTask.of(CodeAgent.create(), CodeAgent.data(0, 30), CodeAgent.metric())
        .withValset(CodeAgent.data(30, 60));
  }

  /** Finds out what a good argument is if it is shown calls that worked, and asked for that. */
  private static String fromCalls(SeenPrompt prompt) {
    boolean capitals = prompt.input("recordedCalls").contains("{\"query\":\"NAME-");
    return capitals && prompt.input("tip").contains("good argument")
        ? GOOD
        : "Looks up, draft %d.".formatted(prompt.options().rolloutId());
  }

  private static MiproV2 small() {
    return MiproV2.light().instructionCandidates(2).demoSets(2).maxLabeledDemos(0);
  }

  private Optimized<Ask, Told, MiproV2Report> run(Model model, MiproV2 settings) {
    Context context =
        Context.builder().lm(model).listener((event, metadata) -> events.add(event)).build();
    return context.call(() -> settings.compile(task()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSearchPicksTheDescriptionThatHelps(long seed) {
    var optimized = run(new Model(ToolDescriptionsTest::fromCalls), small().seed(seed));

    MiproV2Report report = optimized.report();
    assertThat(report.baseline().scoreMean()).isLessThan(0.5);
    assertThat(report.best().scoreMean()).isEqualTo(1.0);
    assertThat(optimized.compiled().state().of("step").toolDescriptions())
        .containsEntry("lookup", GOOD);
    assertThat(report.configuration()).containsKey("step.tools");
  }

  @Test
  void theProposerSeesProgramSchemaDescriptionsAndWhatTheCallsReturned() {
    Model model = new Model(ToolDescriptionsTest::fromCalls);

    run(model, small());

    SeenPrompt prompt = model.describing().get(0);
    assertThat(prompt.input("programDescription")).contains("sorts tickets");
    assertThat(prompt.input("tools"))
        .contains("lookup", "Looks something up.", "\"query\"", "submit", "Gives the answer.");
    assertThat(prompt.input("recordedCalls")).contains("lookup", "-> " + CodeAgent.KNOWN);
    assertThat(prompt.input("recordedCalls")).doesNotContain("nothing known");
    assertThat(prompt.input("predictor")).contains("Find the code of the name.");
  }

  @Test
  void candidatesBeginWithWhatIsGivenAndAreAsManyAsPlanned() {
    Model model = new Model(ToolDescriptionsTest::fromCalls);

    MiproV2Report report = run(model, small().toolDescriptions(4)).report();

    List<ToolDescriptionCandidate> candidates = report.toolDescriptions().get("step");
    assertThat(candidates).hasSize(4);
    assertThat(candidates.get(0)).isEqualTo(ToolDescriptionCandidate.original(Map.of()));
    assertThat(report.plan().toolDescriptions()).isEqualTo(4);
    assertThat(report.proposerCalls()).isLessThanOrEqualTo(report.plan().maxProposerCalls());
    assertThat(model.describing()).hasSize(3);
    assertThat(report.toString()).contains("4 sets of tool descriptions", " t", "lookup: ");
    assertThat(events)
        .filteredOn(ProposerEvent.StepFinished.class::isInstance)
        .extracting(event -> ((ProposerEvent) event).step())
        .contains(ProposerEvent.Step.TOOL_DESCRIPTIONS);
  }

  @Test
  void zeroLeavesToolsAsTheyAre() {
    Model model = new Model(ToolDescriptionsTest::fromCalls);

    var optimized = run(model, small().toolDescriptions(0));

    assertThat(model.describing()).isEmpty();
    assertThat(optimized.report().plan().toolDescriptions()).isZero();
    assertThat(optimized.report().configuration()).doesNotContainKey("step.tools");
    assertThat(optimized.report().toString()).doesNotContain("tool");
  }

  @Test
  void descriptionsAloneMayBeSearchedAndAreGroundedWithoutASummary() {
    Model model = new Model(ToolDescriptionsTest::fromCalls);

    MiproV2Report report = run(model, small().instructionCandidates(1)).report();

    assertThat(report.best().scoreMean()).isEqualTo(1.0);
    assertThat(report.programDescription()).isNotEmpty();
    assertThat(report.datasetSummary()).isEmpty();
    assertThat(report.proposerCalls()).isLessThanOrEqualTo(report.plan().maxProposerCalls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Looks something up.", "quote", "long"})
  void whatIsEmptyOldTooLongOrQuotesARunIsNoCandidate(String kind) {
    Model model =
        new Model(
            prompt ->
                switch (kind) {
                  case "quote" -> "As in: " + quoted(prompt.input("recordedCalls"));
                  case "long" -> "x".repeat(1_001);
                  default -> kind;
                });

    MiproV2Report report = run(model, small()).report();

    assertThat(report.toolDescriptions()).isEmpty();
    assertThat(report.configuration()).doesNotContainKey("step.tools");
    assertThat(report.notes()).anyMatch(note -> note.contains("said nothing new"));
    if (kind.equals("quote") || kind.equals("long")) {
      assertThat(report.notes()).anyMatch(note -> note.contains("quoted a recorded run"));
    }
  }

  private static String quoted(String calls) {
    String line = calls.lines().findFirst().orElseThrow();
    return line.substring(line.indexOf(CodeAgent.KNOWN));
  }

  @Test
  void aProposerThatFailsCostsOnlyItself() {
    Model model =
        new Model(
            prompt -> {
              throw new IllegalStateException("no words today");
            });

    MiproV2Report report = run(model, small()).report();

    assertThat(report.degraded()).isTrue();
    assertThat(report.notes()).anyMatch(note -> note.contains("tool descriptions for step"));
    assertThat(report.toolDescriptions()).isEmpty();
  }

  @Test
  void whatWonIsSavedLoadedAndStandsInPrompts(@TempDir Path folder) {
    var optimized = run(new Model(ToolDescriptionsTest::fromCalls), small());
    Path file = folder.resolve("agent.json");
    optimized.save(file);
    Model fresh = new Model(prompt -> "");

    Compiled<Ask, Told> loaded = Compiled.load(CodeAgent.create(), file);
    Told told = Context.builder().lm(fresh).build().call(() -> loaded.run(new Ask("name-31")));

    assertThat(told).isEqualTo(CodeAgent.data(31, 32).examples().get(0).expected());
    assertThat(fresh.requests().get(0).toText()).contains(GOOD);
    assertThat(CompiledDiff.of(Compiled.of(CodeAgent.create()), loaded).toString())
        .contains("the description of the tool `lookup` was its own and is \"" + GOOD);
  }

  @Test
  void theRunLogKeepsAndComparesThem(@TempDir Path folder) {
    RunLog log = RunLog.of(folder.resolve("runs.jsonl"));
    log.append(run(new Model(ToolDescriptionsTest::fromCalls), small().toolDescriptions(0)));
    log.append(run(new Model(ToolDescriptionsTest::fromCalls), small()));

    assertThat(log.toolDescriptions(log.runs().get(1), "step")).containsEntry("lookup", GOOD);
    assertThat(log.toolDescriptions(log.runs().get(0), "step")).isEmpty();
    assertThat(log.diff()).contains("step: the tool lookup: its own -> " + GOOD);
  }

  @Test
  void demosHoldWholeRuns() {
    var optimized = run(new Model(prompt -> ""), small().demoSets(6).toolDescriptions(0));

    List<Demo> demos =
        optimized.report().demoSets().get("step").stream()
            .flatMap(set -> set.demos().stream())
            .toList();
    assertThat(demos).isNotEmpty();
    assertThat(demos)
        .allSatisfy(
            demo -> {
              assertThat(Trajectory.ofJson(demo.inputs().path("trajectory")).turns()).hasSize(1);
              assertThat(demo.outputs().path("calls").path(0).path("tool").asString())
                  .isEqualTo("submit");
            });
  }

  @Test
  void aProgramWithoutToolsPaysNothingAndIsToldThatTheSettingIsIdle() {
    MiproV2Plan plan = Trial.small().plan(Trial.task());
    MiproV2Plan set = Trial.small().toolDescriptions(5).plan(Trial.task());

    assertThat(plan.toolDescriptions()).isZero();
    assertThat(set.maxProposerCalls()).isEqualTo(plan.maxProposerCalls());
    assertThat(set.trials()).isEqualTo(plan.trials());
    assertThat(plan.notes()).noneMatch(note -> note.contains("toolDescriptions"));
    assertThat(set.notes()).anyMatch(note -> note.contains("toolDescriptions has no effect"));
    assertThat(Trial.small().settings().toJson().has("toolDescriptions")).isFalse();
  }
}
