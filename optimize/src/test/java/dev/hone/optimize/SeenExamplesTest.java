package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.optimize.bootstrap.LabeledDemos;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Router;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.run.TaskData;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.task.DemoLeakage;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An optimizer chooses by no example that the demos of the student show. */
class SeenExamplesTest {
  private static final Dataset<Ticket, Route> DATA = Tickets.data(0, 60, "quartz");

  /** Knows three tenths of the tickets, and every answer that its prompt holds. */
  private final RuleModel copying =
      RuleModel.of(
          ProposerRules::echo,
          prompt ->
              prompt.demos().stream()
                  .filter(demo -> demo.get("text").equals(prompt.input("text")))
                  .map(demo -> Map.of("label", demo.get("label")))
                  .findFirst()
                  .orElseGet(() -> Tickets.rules(p -> 0.3).apply(prompt)));

  private static Router showing(Dataset<Ticket, Route> examples) {
    Predict<Ticket, Route> plain = new Router().route();
    return new Router(plain.withDemos(LabeledDemos.fitting(plain, examples.examples())));
  }

  private List<SeenPrompt> promptsThatHoldTheirAnswer() {
    return copying.seen(
        p -> p.demos().stream().anyMatch(d -> p.input("text").equals(d.get("text"))));
  }

  private static MiproV2 small(String search) {
    return MiproV2.light()
        .search(search.equals("tpe") ? Search.tpe() : Search.racing())
        .instructionCandidates(3)
        .demoSets(3)
        .trials(8)
        .maxBootstrappedDemos(2)
        .maxLabeledDemos(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpe", "racing"})
  void scoresNoCandidateOnAnExampleThatItShows(String search) {
    Router student = showing(Dataset.of(DATA.examples().subList(0, 40)));

    var report =
        Contexts.of(copying)
            .call(() -> small(search).compile(OptimizationTask.of(student, DATA, Tickets.metric())))
            .report();

    assertThat(promptsThatHoldTheirAnswer()).isEmpty();
    assertThat(report.baseline().scoreMean()).isBetween(0.2, 0.4);
    assertThat(report.plan().trainExamples()).isEqualTo(42);
    assertThat(report.plan().validationExamples()).isEqualTo(18);
  }

  @Test
  void leavesOutOfAValsetWhatTheStudentShowsAndCountsIt() {
    Dataset<Ticket, Route> valset = Tickets.data(60, 100, "quartz");
    Router student = showing(Dataset.of(valset.examples().subList(0, 25)));

    var report =
        Contexts.of(copying)
            .call(
                () ->
                    small("tpe")
                        .compile(
                            OptimizationTask.of(student, DATA, Tickets.metric())
                                .withValset(valset)))
            .report();

    assertThat(promptsThatHoldTheirAnswer()).isEmpty();
    assertThat(report.plan().validationExamples()).isEqualTo(15);
    assertThat(report.notes()).anyMatch(note -> note.contains("show 25 of 40 validation examples"));
  }

  @Test
  void randomSearchAndCoproDoNotEither() {
    Router student = showing(Dataset.of(DATA.examples().subList(0, 40)));

    var byDemos =
        Contexts.of(copying)
            .call(
                () ->
                    BootstrapFewShotWithRandomSearch.defaults()
                        .compile(OptimizationTask.of(student, DATA, Tickets.metric())))
            .report();
    var byInstructions =
        Contexts.of(copying)
            .call(
                () -> Copro.defaults().breadth(2).depth(1).compile(student, DATA, Tickets.metric()))
            .report();

    assertThat(promptsThatHoldTheirAnswer()).isEmpty();
    assertThat(byDemos.baseline().scoreMean()).isLessThan(0.4);
    assertThat(byInstructions.baseline().examples()).isEqualTo(20);
    assertThat(byInstructions.notes())
        .anyMatch(note -> note.contains("show 40 of 60 training examples"));
  }

  @Test
  void choosesByWhatIsLeftWhenTheStudentShowsMost() {
    Router student = showing(Dataset.of(DATA.examples().subList(0, 55)));

    TaskData<Ticket, Route> data =
        TaskData.of(
            OptimizationTask.of(student, DATA, Tickets.metric()), 0.3, Integer.MAX_VALUE, 1);

    assertThat(data.trainset().size()).isEqualTo(55);
    assertThat(data.valset().examples())
        .containsExactlyInAnyOrderElementsOf(DATA.examples().subList(55, 60));
  }

  @Test
  void refusesAStudentThatShowsEverything() {
    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(showing(DATA), DATA, Tickets.metric());

    assertThatThrownBy(() -> TaskData.of(task, 0.3, 100, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("show every one of the 60 examples of the trainset")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(
            () -> TaskData.of(task.withValset(Tickets.data(0, 9, "quartz")), 0.3, 100, 0))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                Contexts.of(copying)
                    .call(() -> Copro.defaults().compile(showing(DATA), DATA, Tickets.metric())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("all 60 examples");
    assertThat(copying.seen()).isEmpty();
  }

  /** What the program takes; its predictor is given the text only. */
  record Numbered(String text, int number) {}

  @Test
  void knowsADemoByItsSourceItsInputAndWhatThePredictorIsGiven() {
    Predict<Ticket, Route> route = new Router().route();
    Example<Ticket, Route> example = Tickets.ticket(1, "quartz");
    Demo labeled = LabeledDemos.fitting(route, List.of(example)).get(0);
    Demo written = new Demo(labeled.inputs(), labeled.outputs(), Demo.Origin.LABELED, "");
    Demo ofAStep =
        new Demo(Json.object().put("text", "?"), labeled.outputs(), labeled.origin(), example.id());
    Example<Numbered, Route> larger =
        Example.of(new Numbered(example.input().text(), 7), example.expected());
    Demo ofAnother = LabeledDemos.fitting(route, List.of(Tickets.ticket(2, "quartz"))).get(0);

    assertThat(List.of(labeled, written, ofAStep)).allMatch(DemoLeakage.of(route, example));
    assertThat(DemoLeakage.of(route, larger)).accepts(written).rejects(ofAnother);
    assertThat(DemoLeakage.of(route, example)).rejects(ofAnother);
  }
}
