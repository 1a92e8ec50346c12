package dev.hone.optimize.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.prompt.Demo;
import dev.hone.testkit.SlowModel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BootstrapFewShotTest {
  private static final BootstrapSettings FOUR_OF_EIGHT =
      BootstrapSettings.defaults().withMaxBootstrappedDemos(4).withMaxLabeledDemos(8);

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");

  private static BootstrapFewShot optimizer(BootstrapSettings settings) {
    return BootstrapFewShot.defaults().bootstrap(defaults -> settings);
  }

  private Optimized<Ticket, Route, BootstrapReport> compile(
      RuleModel model, BootstrapSettings settings) {
    return Contexts.of(model)
        .call(() -> optimizer(settings).compile(new Tickets.Router(), trainset, Tickets.metric()));
  }

  private static List<Demo> demos(Optimized<?, ?, ?> optimized, String predictor) {
    return optimized.compiled().state().of(predictor).demos();
  }

  private static List<Demo> bootstrapped(List<Demo> demos) {
    return demos.stream().filter(d -> d.origin() == Demo.Origin.BOOTSTRAPPED).toList();
  }

  @Test
  void neverShowsTheTeacherTheExampleItIsRunOn() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 0.4));

    compile(model, BootstrapSettings.defaults().withMaxBootstrappedDemos(30));

    assertThat(model.seen()).hasSize(30);
    assertThat(model.seen()).anyMatch(prompt -> prompt.demos().size() == 16);
    assertThat(model.seen())
        .noneMatch(
            prompt ->
                prompt.demos().stream()
                    .anyMatch(demo -> prompt.input("text").equals(demo.get("text"))));
  }

  @Test
  void neverShowsTheTeacherADemoOfTheUserWithTheSameInputs() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 0));
    List<Demo> own =
        trainset.examples().stream()
            .map(e -> new Demo(e.inputJson(), e.expectedJson(), Demo.Origin.LABELED, ""))
            .toList();
    Tickets.Router student = new Tickets.Router(new Tickets.Router().route().withDemos(own));

    Contexts.of(model)
        .call(() -> optimizer(FOUR_OF_EIGHT).compile(student, trainset, Tickets.metric()));

    assertThat(model.seen()).hasSize(30);
    assertThat(model.seen()).allMatch(prompt -> prompt.demos().size() == 29);
  }

  @Test
  void doesNotMakeADemoOfARunThatTheMetricRejected() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 0.5));

    var optimized = compile(model, FOUR_OF_EIGHT.withMaxBootstrappedDemos(30));

    List<Demo> demos = bootstrapped(demos(optimized, "route"));
    assertThat(demos).hasSizeBetween(10, 20);
    assertThat(demos).noneMatch(demo -> demo.outputs().get("label").stringValue().equals("wrong"));
    assertThat(optimized.report().succeeded()).isEqualTo(demos.size());
    assertThat(optimized.report().tried()).isEqualTo(30);
  }

  @Test
  void takesAThresholdOfZeroAsAThreshold() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 0.5));
    Metric<Ticket, Route> signed =
        (example, actual, context) -> Score.of(actual.equals(example.expected()) ? 0 : -1);

    var optimized =
        Contexts.of(model)
            .call(
                () ->
                    optimizer(FOUR_OF_EIGHT.withMetricThreshold(0).withMaxBootstrappedDemos(30))
                        .compile(new Tickets.Router(), trainset, signed));

    assertThat(bootstrapped(demos(optimized, "route")))
        .hasSizeBetween(10, 20)
        .noneMatch(demo -> demo.outputs().get("label").stringValue().equals("wrong"));
    assertThat(optimized.report().bestRejectedScore()).hasValue(-1);
  }

  @Test
  void fillsUpWithLabelledExamplesThatAreNotBootstrappedAlready() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

    var optimized = compile(model, FOUR_OF_EIGHT);

    List<Demo> demos = demos(optimized, "route");
    assertThat(demos).hasSize(8);
    assertThat(bootstrapped(demos)).hasSize(4);
    assertThat(demos.stream().map(Demo::exampleId)).doesNotHaveDuplicates();
  }

  @Test
  void fillsUpWithOtherExamplesWhereRunsSayOtherThingsThanTheirLabels() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 0));

    var optimized =
        Contexts.of(model)
            .call(
                () ->
                    optimizer(FOUR_OF_EIGHT)
                        .compile(
                            new Tickets.Router(),
                            Tickets.data(0, 8, "quartz"),
                            (example, actual, context) -> Score.of(1)));

    List<Demo> demos = demos(optimized, "route");
    assertThat(bootstrapped(demos)).hasSize(4);
    assertThat(demos).hasSize(8).extracting(Demo::exampleId).doesNotHaveDuplicates();
  }

  @Test
  void worksWithoutLabelledDemos() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

    var optimized = compile(model, FOUR_OF_EIGHT.withMaxLabeledDemos(0));

    assertThat(demos(optimized, "route"))
        .hasSize(4)
        .allMatch(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED);
    assertThat(model.seen()).allMatch(prompt -> prompt.demos().isEmpty());
  }

  @Test
  void saysThatTheTeacherNeverSucceeded() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 0));

    var optimized = compile(model, FOUR_OF_EIGHT.withMaxLabeledDemos(0));

    assertThat(demos(optimized, "route")).isEmpty();
    assertThat(optimized.report().notes())
        .anyMatch(
            warning ->
                warning.startsWith("None of 30 teacher runs reached the threshold 1.0")
                    && warning.contains("Maybe compare labels and replies as the metric does"));
  }

  @Test
  void takesZeroAsASeed() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));
    Set<List<Demo>> results = new HashSet<>();

    for (long seed : new long[] {0, 0, 1, 9}) {
      BootstrapFewShot optimizer = optimizer(FOUR_OF_EIGHT).seed(seed);
      var optimized =
          Contexts.of(model)
              .call(() -> optimizer.compile(new Tickets.Router(), trainset, Tickets.metric()));
      results.add(demos(optimized, "route"));
    }

    assertThat(results).hasSize(3);
  }

  @Test
  void findsTheSameDemosOnOneThreadAndOnMany() {
    RuleModel model = new RuleModel("m", Relay.rules(p -> 0.5, p -> 0.8));
    BootstrapFewShot optimizer = optimizer(FOUR_OF_EIGHT);

    var one =
        Contexts.of(model, 1)
            .call(() -> optimizer.compile(new Relay.TwoSteps(), trainset, Tickets.metric()));
    var many =
        Contexts.of(model, 16)
            .call(() -> optimizer.compile(new Relay.TwoSteps(), trainset, Tickets.metric()));

    assertThat(one.compiled().state()).isEqualTo(many.compiled().state());
  }

  @Test
  void runsTheTeacherOnSeveralExamplesAtOnce() {
    SlowModel slow = SlowModel.of(new RuleModel("m", Tickets.rules(p -> 1)), Duration.ofMillis(5));

    Contexts.of(slow, 4)
        .call(
            () ->
                optimizer(FOUR_OF_EIGHT).compile(new Tickets.Router(), trainset, Tickets.metric()));

    assertThat(slow.maxInFlight()).isBetween(2, 4);
  }

  @Test
  void triesAFailedExampleAgainAtAnotherTemperature() {
    RuleModel model =
        new RuleModel("m", Tickets.rules(p -> p.options().temperature() == null ? 0.5 : 1));

    var optimized = compile(model, FOUR_OF_EIGHT.withMaxBootstrappedDemos(30).withMaxRounds(2));

    List<SeenPrompt> retries = model.seen(p -> p.options().temperature() != null);
    assertThat(bootstrapped(demos(optimized, "route"))).hasSize(30);
    assertThat(retries).hasSizeBetween(10, 20);
    assertThat(retries).allMatch(p -> p.options().rolloutId() == 1);
  }

  @Test
  void changesNoInstructions() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

    var optimized = compile(model, FOUR_OF_EIGHT);

    assertThat(optimized.compiled().state().of("route").instructions()).isEqualTo(Tickets.ORIGINAL);
  }

  @Test
  void refusesAnEmptyTrainsetBeforeTheFirstCall() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

    assertThatThrownBy(
            () ->
                Contexts.of(model)
                    .call(
                        () ->
                            BootstrapFewShot.defaults()
                                .compile(
                                    new Tickets.Router(),
                                    Dataset.<Ticket, Route>of(List.of()),
                                    Tickets.metric())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The trainset is empty");
    assertThat(model.seen()).isEmpty();
  }
}
