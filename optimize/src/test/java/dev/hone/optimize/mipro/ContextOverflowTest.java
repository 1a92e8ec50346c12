package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.compiled.Compiled;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LmException;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.program.PredictorState;
import dev.hone.prompt.Demo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Candidates whose prompts are longer than the model takes lose demos from their end. */
class ContextOverflowTest {
  private static final int ROOM = 30;

  /** A demo takes 10, and the tickets from 70 take 15 more: three demos fit, or one. */
  private static int size(SeenPrompt prompt) {
    return 10 * prompt.demos().size() + (Tickets.number(prompt.input("text")) >= 70 ? 15 : 0);
  }

  private static RuleModel model(int room, Function<SeenPrompt, Map<String, String>> answers) {
    return RuleModel.of(
        ProposerRules::echo,
        prompt -> {
          if (size(prompt) > room && prompt.asksFor("label")) {
            throw new LmException.ContextWindowExceeded("the prompt is too long", null);
          }
          return answers.apply(prompt);
        });
  }

  private static RuleModel router(int room) {
    return model(room, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8));
  }

  static Stream<MiproV2> searches() {
    MiproV2 many = MiproV2.light().maxBootstrappedDemos(4).maxLabeledDemos(8).demoSets(4).seed(2);
    return Stream.of(
        many.search(RacingSearch.defaults().wholeValset(true)),
        many.search(Search.tpe()).trials(8).instructionCandidates(2),
        many.search(Search.tpe())
            .trials(10)
            .instructionCandidates(2)
            .minibatch(true)
            .minibatchSize(6)
            .fullEvaluationSteps(4));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void dropsDemosUntilTheyFitSaysSoAndSavesWhatWasScored(MiproV2 settings) {
    RuleModel model = router(ROOM);

    Optimized<Ticket, Route, MiproV2Report> found = Trial.run(model, settings);

    List<Demo> demos = found.compiled().state().of("route").demos();
    assertThat(demos).hasSize(1);
    MiproV2Report report = found.report();
    int chosen = report.configuration().get("route.demos");
    List<Demo> made = report.demoSets().get("route").get(chosen).demos();
    assertThat(made.size()).isGreaterThan(3);
    assertThat(demos).isEqualTo(made.subList(0, 1));
    assertThat(report.notes())
        .anyMatch(
            note ->
                note.contains(
                    "a prompt of route was longer than the model takes, so that it was used with the first 1 of "
                        + made.size()
                        + " demos"));
    double score =
        Contexts.of(router(ROOM))
            .call(
                () ->
                    Evaluator.of(Trial.VALSET, Tickets.metric())
                        .evaluate(found.compiled().asStudent())
                        .score());
    assertThat(report.best().scoreMean()).isCloseTo(score, within(1e-9));
    assertThat(score).isGreaterThan(0.7);
  }

  @Test
  void onlyThePredictorWhosePromptIsTooLongLosesDemos() {
    RuleModel model = model(ROOM, Relay.rules(p -> 0.9, p -> p.demos().isEmpty() ? 0.3 : 0.8));
    MiproV2 settings =
        MiproV2.light().maxBootstrappedDemos(2).maxLabeledDemos(6).demoSets(3).seed(1);

    var found = Trial.run(Contexts.of(model), settings.search(Search.tpe()), Trial.relay());

    MiproV2Report report = found.report();
    int ofFind = report.configuration().get("find.demos");
    assertThat(found.compiled().state().of("find").demos())
        .isEqualTo(report.demoSets().get("find").get(ofFind).demos());
    assertThat(found.compiled().state().of("decide").demos()).hasSize(1);
    assertThat(report.notes())
        .anyMatch(note -> note.contains("a prompt of decide was longer"))
        .noneMatch(note -> note.contains("a prompt of find was longer"));
  }

  @Test
  void anExampleThatIsTooLongWithoutAnyDemoCostsNone() {
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            prompt -> {
              if (Tickets.number(prompt.input("text")) >= 75) {
                throw new LmException.ContextWindowExceeded("the prompt is too long", null);
              }
              return Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8).apply(prompt);
            });

    Optimized<Ticket, Route, MiproV2Report> found = Trial.run(model, Trial.small());

    assertThat(found.report().notes()).noneMatch(note -> note.contains("so that it was used with"));
    assertThat(found.compiled().state().of("route").demos()).isNotEmpty();
  }

  @Test
  void theProgramAsGivenStaysAsItIs() {
    Tickets.Router given = new Tickets.Router();
    List<Demo> many =
        Trial.run(router(1_000), Trial.small().maxLabeledDemos(6))
            .report()
            .demoSets()
            .get("route")
            .stream()
            .map(set -> set.demos())
            .filter(demos -> demos.size() > 3)
            .findFirst()
            .orElseThrow();
    PredictorState state = given.route().state().withDemos(many);
    Tickets.Router student = new Tickets.Router(given.route().withState(state));

    MiproV2Report report =
        Trial.run(Contexts.of(router(ROOM)), Trial.small(), Trial.task(student)).report();

    assertThat(report.baseline().scoreMean()).isZero();
    assertThat(report.improved()).isTrue();
  }

  @Test
  void randomSearchDropsThemToo() {
    BootstrapFewShotWithRandomSearch settings =
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2).maxLabeledDemos(8);

    var found = Contexts.of(router(ROOM)).call(() -> settings.compile(Trial.task()));

    assertThat(found.compiled().state().of("route").demos()).hasSize(1);
    assertThat(found.report().best().candidate().state()).isEqualTo(found.compiled().state());
    assertThat(found.report().notes())
        .anyMatch(note -> note.contains("so that it was used with the first 1"));
  }

  @Test
  void aRunThatIsPlayedAgainFromItsJournalDropsTheSame(@TempDir Path folder) {
    var journaled = MiproV2.light().maxLabeledDemos(8).seed(2).journal(folder);
    var first = Contexts.of(router(ROOM)).call(() -> journaled.compile(Trial.task()));
    RuleModel none =
        new RuleModel(
            "rules",
            prompt -> {
              throw new IllegalStateException("called");
            });

    var again = Contexts.of(none).call(() -> journaled.compile(Trial.task()));

    assertThat(none.seen()).isEmpty();
    assertThat(again.compiled().state()).isEqualTo(first.compiled().state());
    assertThat(again.report().notes()).isEqualTo(first.report().notes());
  }

  @Test
  void whatIsSavedHasTheDemosThatWereUsed(@TempDir Path folder) {
    MiproV2 settings = MiproV2.light().maxLabeledDemos(8).seed(2);
    var found = Trial.run(router(ROOM), settings);
    Path file = folder.resolve("route.json");
    found.save(file);

    var loaded = Compiled.load(new Tickets.Router(), file);

    assertThat(loaded.state()).isEqualTo(found.compiled().state());
    assertThat(loaded.state().of("route").demos()).hasSize(1);
  }
}
