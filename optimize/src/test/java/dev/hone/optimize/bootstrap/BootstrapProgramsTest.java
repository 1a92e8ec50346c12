package dev.hone.optimize.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Programs of other shapes than one predictor that is called once. */
class BootstrapProgramsTest {
  private static final BootstrapSettings FOUR_OF_EIGHT =
      BootstrapSettings.defaults().withMaxBootstrappedDemos(4).withMaxLabeledDemos(8);

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");

  private static BootstrapFewShot optimizer(BootstrapSettings settings) {
    return BootstrapFewShot.defaults().bootstrap(defaults -> settings);
  }

  private static List<Demo> demos(Optimized<?, ?, ?> optimized, String predictor) {
    return optimized.compiled().state().of(predictor).demos();
  }

  private static List<Demo> bootstrapped(List<Demo> demos) {
    return demos.stream().filter(d -> d.origin() == Demo.Origin.BOOTSTRAPPED).toList();
  }

  @Test
  void givesEachPredictorDemosWithItsOwnFields() {
    RuleModel model = new RuleModel("m", Relay.rules(p -> 1, p -> 1));

    var optimized =
        Contexts.of(model)
            .call(
                () ->
                    optimizer(FOUR_OF_EIGHT)
                        .compile(new Relay.TwoSteps(), trainset, Tickets.metric()));

    List<Demo> find = demos(optimized, "find");
    List<Demo> decide = bootstrapped(demos(optimized, "decide"));
    assertThat(find).hasSize(4).doesNotContainAnyElementsOf(decide);
    assertThat(decide).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(find.get(i).inputs().propertyNames()).containsExactly("text");
      assertThat(find.get(i).outputs().propertyNames()).containsExactly("clue");
      assertThat(decide.get(i).inputs().propertyNames()).containsExactly("text", "clue");
      assertThat(decide.get(i).outputs().propertyNames()).containsExactly("label");
      assertThat(decide.get(i).inputs().get("clue")).isEqualTo(find.get(i).outputs().get("clue"));
      assertThat(decide.get(i).exampleId()).isEqualTo(find.get(i).exampleId());
    }
  }

  @Test
  void givesEveryPredictorLabelledDemosFromTheWholeTrainset() {
    RuleModel model = new RuleModel("m", p -> Map.of("label", "wrong"));
    Set<String> idsOfSecond = new HashSet<>();
    BootstrapSettings labels =
        BootstrapSettings.defaults().withMaxBootstrappedDemos(0).withMaxLabeledDemos(5);

    for (long seed = 0; seed < 40; seed++) {
      BootstrapFewShot optimizer = optimizer(labels).seed(seed);
      var optimized =
          Contexts.of(model).call(() -> optimizer.compile(new Vote(), trainset, Tickets.metric()));
      assertThat(demos(optimized, "first")).hasSize(5);
      demos(optimized, "second").forEach(demo -> idsOfSecond.add(demo.exampleId()));
    }

    assertThat(idsOfSecond).hasSize(30);
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void saysWhichPredictorIsNeverCalledAndDoesNotSearchForItsDemos() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));
    Idle student = new Idle();

    var optimized =
        Contexts.of(model)
            .call(() -> optimizer(FOUR_OF_EIGHT).compile(student, trainset, Tickets.metric()));

    assertThat(demos(optimized, "route")).hasSize(8);
    assertThat(demos(optimized, "idle")).isEmpty();
    assertThat(optimized.report().notes()).anyMatch(w -> w.contains("predictor idle got no"));
    assertThat(model.seen()).hasSize(8);
  }

  @Test
  void saysWhichPredictorIsNeverCalledEvenIfLabelsFitIt() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

    var optimized =
        Contexts.of(model)
            .call(() -> optimizer(FOUR_OF_EIGHT).compile(new Vote(), trainset, Tickets.metric()));

    assertThat(demos(optimized, "second")).hasSize(8);
    assertThat(optimized.report().notes())
        .containsExactly(
            "The predictor second was called in none of 8 successful runs, so all its demos are"
                + " labelled ones. Maybe run() never comes to it.");
  }

  @Test
  void takesOneDemoPerRunOfAPredictorThatIsCalledSeveralTimes() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

    var optimized =
        Contexts.of(model)
            .call(
                () ->
                    optimizer(FOUR_OF_EIGHT.withMaxLabeledDemos(0).withMaxBootstrappedDemos(20))
                        .compile(new Thrice(), trainset, Tickets.metric()));

    List<Demo> demos = demos(optimized, "route");
    assertThat(demos).hasSize(20);
    assertThat(demos.stream().map(Demo::exampleId)).doesNotHaveDuplicates();
    assertThat(demos.stream().map(d -> d.inputs().get("text").stringValue().endsWith("again")))
        .contains(true, false);
  }

  @Test
  void refusesAProgramWithoutPredictorsBeforeTheFirstCall() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

    assertThatThrownBy(
            () ->
                Contexts.of(model)
                    .call(
                        () ->
                            BootstrapFewShot.defaults()
                                .compile(new Made(), trainset, Tickets.metric())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no predictors that can be optimized");
    assertThat(model.seen()).isEmpty();
  }

  /** Two predictors of the same signature. */
  static final class Vote implements Program<Ticket, Route> {
    private final Predict<Ticket, Route> first = new Tickets.Router().route();
    private final Predict<Ticket, Route> second = new Tickets.Router().route();

    @Override
    public Route run(Ticket input) {
      Route route = first.run(input);
      return route.label().equals("wrong") ? second.run(input) : route;
    }
  }

  /** A predictor that no run calls, and that no label fits. */
  static final class Idle implements Program<Ticket, Route> {
    private final Predict<Ticket, Route> route = new Tickets.Router().route();

    @SuppressWarnings("UnusedVariable") // the test is about it
    private final Predict<Relay.Clue, Route> idle =
        Predict.of(Relay.Clue.class, Route.class, "Never called.");

    @Override
    public Route run(Ticket input) {
      return route.run(input);
    }
  }

  /** Calls its predictor three times. */
  static final class Thrice implements Program<Ticket, Route> {
    private final Predict<Ticket, Route> route = new Tickets.Router().route();

    @Override
    public Route run(Ticket input) {
      route.run(new Ticket(input.text() + " again"));
      route.run(new Ticket(input.text() + " once more again"));
      return route.run(input);
    }
  }

  /** Makes its predictor only when it runs. */
  static final class Made implements Program<Ticket, Route> {
    @Override
    public Route run(Ticket input) {
      return new Tickets.Router().route().run(input);
    }
  }
}
