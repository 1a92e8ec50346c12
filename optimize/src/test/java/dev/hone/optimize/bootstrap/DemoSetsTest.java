package dev.hone.optimize.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.DemoCandidate.Origin;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoSetsTest {
  private static final BootstrapSettings SETTINGS =
      BootstrapSettings.defaults().withMaxBootstrappedDemos(4).withMaxLabeledDemos(6);

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 60, "quartz");
  private final RuleModel model = new RuleModel("m", Relay.rules(p -> 0.5, p -> 0.8));

  private DemoSets build(Program<Ticket, Route> student, BootstrapSettings settings, int count) {
    return build(student, settings, count, 0);
  }

  private DemoSets build(
      Program<Ticket, Route> student, BootstrapSettings settings, int count, long seed) {
    return Contexts.of(model)
        .call(
            () ->
                DemoSets.build(
                    OptimizationTask.of(student, trainset, Tickets.metric()),
                    settings,
                    count,
                    seed));
  }

  private static List<Origin> origins(DemoSets sets, String predictor) {
    return sets.byPredictor().get(predictor).stream().map(DemoCandidate::origin).toList();
  }

  @Test
  void buildsZeroShotLabelledAndDifferentBootstrappedSets() {
    DemoSets sets = build(new Tickets.Router(), SETTINGS, 6);

    assertThat(origins(sets, "route"))
        .containsExactly(
            Origin.ZERO_SHOT,
            Origin.LABELED,
            Origin.BOOTSTRAPPED,
            Origin.BOOTSTRAPPED,
            Origin.BOOTSTRAPPED,
            Origin.BOOTSTRAPPED);
    assertThat(sets.byPredictor().get("route").stream().map(DemoCandidate::demos))
        .doesNotHaveDuplicates();
    assertThat(sets.byPredictor().get("route").get(1).demos())
        .hasSize(6)
        .allMatch(demo -> demo.origin() == Demo.Origin.LABELED);
  }

  @Test
  void drawsAllSetsFromOnePoolSoThatNoExampleIsPaidForTwice() {
    build(new Tickets.Router(), SETTINGS, 12);

    assertThat(model.seen().stream().map(SeenPrompt::text)).doesNotHaveDuplicates();
    assertThat(model.seen()).hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void usesMoreExamplesThanTheFirstFew() {
    DemoSets sets = build(new Tickets.Router(), SETTINGS.withMaxLabeledDemos(0), 8);

    long different =
        sets.byPredictor().get("route").stream()
            .flatMap(set -> set.demos().stream())
            .map(Demo::exampleId)
            .distinct()
            .count();
    assertThat(different).isGreaterThan(8);
  }

  @Test
  void hasTheDemosOfTheStudentAmongItsCandidates() {
    List<Demo> own =
        LabeledDemos.fitting(new Tickets.Router().route(), trainset.first(2).examples());
    Tickets.Router student = new Tickets.Router(new Tickets.Router().route().withDemos(own));

    DemoSets sets = build(student, SETTINGS, 6);

    assertThat(sets.byPredictor().get("route"))
        .contains(new DemoCandidate(Origin.STUDENT, own))
        .contains(new DemoCandidate(Origin.ZERO_SHOT, List.of()));
  }

  @Test
  void givesAnInnerPredictorNoLabelledDemosAsNoLabelFitsIt() {
    DemoSets sets = build(new Relay.TwoSteps(), SETTINGS, 4);

    assertThat(sets.byPredictor().get("find").stream().flatMap(set -> set.demos().stream()))
        .isNotEmpty()
        .allMatch(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED)
        .allMatch(demo -> demo.outputs().has("clue"));
    assertThat(origins(sets, "find")).doesNotContain(Origin.LABELED);
  }

  @Test
  void buildsOnlyLabelledSetsWhenNoneMayBeBootstrapped() {
    DemoSets sets = build(new Tickets.Router(), SETTINGS.withMaxBootstrappedDemos(0), 6);

    assertThat(origins(sets, "route")).hasSize(6).doesNotContain(Origin.BOOTSTRAPPED);
    assertThat(sets.byPredictor().get("route").stream().map(DemoCandidate::demos))
        .doesNotHaveDuplicates();
  }

  @Test
  void buildsOnlyBootstrappedSetsWhenNoLabelsAreWanted() {
    DemoSets sets = build(new Tickets.Router(), SETTINGS.withMaxLabeledDemos(0), 4);

    assertThat(origins(sets, "route"))
        .containsExactly(
            Origin.ZERO_SHOT, Origin.BOOTSTRAPPED, Origin.BOOTSTRAPPED, Origin.BOOTSTRAPPED);
    assertThat(sets.byPredictor().get("route").stream().flatMap(set -> set.demos().stream()))
        .allMatch(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED);
  }

  @Test
  void buildsNoSetWithDemosForAZeroShotRunButKeepsTracesForTheProposer() {
    DemoSets sets =
        build(new Tickets.Router(), SETTINGS.withMaxBootstrappedDemos(0).withMaxLabeledDemos(0), 6);

    assertThat(sets.byPredictor().get("route"))
        .containsExactly(new DemoCandidate(Origin.ZERO_SHOT, List.of()));
    assertThat(sets.traces()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(sets.forProposer().get("route").stream().flatMap(set -> set.demos().stream()))
        .isNotEmpty()
        .allMatch(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED);
  }

  @Test
  void countsSetsThatAreEqualOnce() {
    Dataset<Ticket, Route> tiny = Tickets.data(0, 2, "quartz");
    RuleModel good = new RuleModel("m", Tickets.rules(p -> 1));

    DemoSets sets =
        Contexts.of(good)
            .call(
                () ->
                    DemoSets.build(
                        OptimizationTask.of(new Tickets.Router(), tiny, Tickets.metric()),
                        SETTINGS.withMaxLabeledDemos(0),
                        18,
                        0));

    List<DemoCandidate> candidates = sets.byPredictor().get("route");
    assertThat(candidates).hasSizeBetween(3, 5);
    assertThat(candidates.stream().map(DemoCandidate::demos)).doesNotHaveDuplicates();
  }

  @Test
  void hasLabelledSetsWhenTheTeacherNeverSucceeds() {
    RuleModel hopeless = new RuleModel("m", Tickets.rules(p -> 0));

    DemoSets sets =
        Contexts.of(hopeless)
            .call(
                () ->
                    DemoSets.build(
                        OptimizationTask.of(new Tickets.Router(), trainset, Tickets.metric()),
                        SETTINGS,
                        4,
                        0));

    assertThat(origins(sets, "route")).doesNotContain(Origin.BOOTSTRAPPED).contains(Origin.LABELED);
    assertThat(sets.report().notes()).anyMatch(w -> w.startsWith("None of 60 teacher runs"));
  }

  @Test
  void everyDemoIsOfTheTrainsetAndEverySetHoldsTheLabelsForEverySeed() {
    Set<String> ids = new HashSet<>();
    trainset.forEach(example -> ids.add(example.id()));
    long labels = trainset.examples().stream().map(e -> e.expectedJson()).distinct().count();

    for (long seed = 0; seed < 20; seed++) {
      DemoSets sets = build(new Tickets.Router(), SETTINGS.withMaxLabeledDemos(16), 6, seed);

      List<DemoCandidate> candidates = sets.byPredictor().get("route");
      assertThat(candidates.stream().flatMap(set -> set.demos().stream()))
          .allMatch(demo -> ids.contains(demo.exampleId()));
      assertThat(candidates.get(1).demos().stream().map(Demo::outputs).distinct().count())
          .isEqualTo(labels);
    }
  }

  @Test
  void aSetOfTheSameDemosInAnotherOrderIsNoCandidateAndTheReportSaysSo() {
    List<Demo> own = new ArrayList<>();
    Dataset<Ticket, Route> four = Tickets.data(0, 4, "quartz");
    own.addAll(LabeledDemos.fitting(new Tickets.Router().route(), four.examples()));
    Collections.reverse(own);
    Tickets.Router student = new Tickets.Router(new Tickets.Router().route().withDemos(own));

    DemoSets sets =
        Contexts.of(model)
            .call(
                () ->
                    DemoSets.build(
                        OptimizationTask.of(student, four, Tickets.metric()),
                        SETTINGS.withMaxBootstrappedDemos(0),
                        2,
                        0));

    assertThat(origins(sets, "route")).containsExactly(Origin.ZERO_SHOT, Origin.STUDENT);
    assertThat(sets.report().notes())
        .anyMatch(note -> note.startsWith("1 demo set for route has the same demos as another"));
  }

  @Test
  void setsDifferAlthoughAllExamplesWouldFindRoom() {
    Dataset<Ticket, Route> ten = Tickets.data(0, 10, "quartz");

    DemoSets sets =
        Contexts.of(model)
            .call(
                () ->
                    DemoSets.build(
                        OptimizationTask.of(new Tickets.Router(), ten, Tickets.metric()),
                        SETTINGS.withMaxBootstrappedDemos(0).withMaxLabeledDemos(16),
                        5,
                        0));

    assertThat(sets.byPredictor().get("route").stream().map(set -> set.demos().size()))
        .startsWith(0, 10)
        .contains(5);
    assertThat(sets.byPredictor().get("route").stream().map(DemoCandidate::demos).map(HashSet::new))
        .doesNotHaveDuplicates();
  }
}
