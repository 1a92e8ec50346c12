package dev.hone.optimize.randomsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.randomsearch.BootstrapRandomSearchReport.Scored;
import dev.hone.prompt.Demo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class BootstrapFewShotWithRandomSearchTest {
  private static final BootstrapFewShotWithRandomSearch SMALL =
      BootstrapFewShotWithRandomSearch.defaults()
          .maxBootstrappedDemos(3)
          .maxLabeledDemos(5)
          .candidatePrograms(6);

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");
  private final Dataset<Ticket, Route> valset = Tickets.data(100, 130, "quartz");

  private OptimizationTask<Ticket, Route> task() {
    return OptimizationTask.of(new Tickets.Router(), trainset, Tickets.metric()).withValset(valset);
  }

  private Optimized<Ticket, Route, BootstrapRandomSearchReport> compile(
      RuleModel model, BootstrapFewShotWithRandomSearch settings) {
    return Contexts.of(model).call(() -> settings.compile(task()));
  }

  private static RuleModel model(ToDoubleFunction<SeenPrompt> skill) {
    return new RuleModel("m", Tickets.rules(skill));
  }

  private static ToDoubleFunction<SeenPrompt> byDemos(double start, double perDemo) {
    return prompt -> start + perDemo * prompt.demos().size();
  }

  private static long bootstrapped(Scored scored) {
    return scored.candidate().state().of("route").demos().stream()
        .filter(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED)
        .count();
  }

  @Test
  void triesEveryKindOfCandidateAndReturnsTheBest() {
    RuleModel model = model(byDemos(0.4, 0.08));

    var optimized = compile(model, SMALL);

    BootstrapRandomSearchReport report = optimized.report();
    assertThat(report.candidates().get(0).candidate().label()).isEqualTo("as given");
    assertThat(
            report.candidates().stream().map(c -> c.candidate().number()).filter(Objects::nonNull))
        .containsExactly(-2, -1, 0, 1, 2, 3, 4, 5);
    assertThat(report.best().score().orElseThrow().scoreMean())
        .isGreaterThan(report.baseline().scoreMean() + 0.2)
        .isEqualTo(
            report.candidates().stream()
                .mapToDouble(c -> c.score().orElseThrow().scoreMean())
                .max()
                .orElseThrow());
    assertThat(optimized.compiled().state()).isEqualTo(report.best().candidate().state());
    assertThat(
            report
                .best()
                .score()
                .orElseThrow()
                .interval()
                .contains(report.best().score().orElseThrow().scoreMean()))
        .isTrue();
    assertThat(report.finishReason()).isEqualTo(FinishReason.COMPLETED);
  }

  @Test
  void bootstrapsFromOnePoolAndEvaluatesEachCandidateOnce() {
    RuleModel model = model(byDemos(0.6, 0.01));

    var report = compile(model, SMALL).report();

    long evaluations =
        model.seen().stream().filter(p -> Tickets.number(p.input("text")) >= 100).count();
    assertThat(evaluations).isEqualTo(30L * report.candidates().size());
    assertThat(model.seen().size() - evaluations).isLessThanOrEqualTo(30);
    assertThat(report.spend().lmCalls()).isEqualTo(model.seen().size());
  }

  @Test
  void shuffledCandidatesHaveRandomNumbersOfRandomDemos() {
    var report = compile(model(p -> 0.9), SMALL).report();

    List<Scored> shuffled =
        report.candidates().stream()
            .filter(c -> c.candidate().number() != null && c.candidate().number() >= 0)
            .toList();
    assertThat(shuffled).allMatch(c -> bootstrapped(c) >= 1 && bootstrapped(c) <= 3);
    assertThat(shuffled.stream().map(c -> bootstrapped(c)).distinct().count()).isGreaterThan(1);
    Set<String> firsts = new HashSet<>();
    shuffled.forEach(c -> firsts.add(c.candidate().state().of("route").demos().get(0).exampleId()));
    assertThat(firsts).hasSizeGreaterThan(2);
  }

  @Test
  void theUnshuffledCandidateHasTheFirstExamplesThatSucceeded() {
    var report = compile(model(p -> 1), SMALL).report();

    Scored unshuffled =
        report.candidates().stream()
            .filter(c -> Objects.equals(c.candidate().number(), -1))
            .findFirst()
            .orElseThrow();
    assertThat(
            unshuffled.candidate().state().of("route").demos().stream()
                .limit(3)
                .map(Demo::exampleId))
        .containsExactly(
            trainset.examples().get(0).id(),
            trainset.examples().get(1).id(),
            trainset.examples().get(2).id());
  }

  @Test
  void neverChoosesByAnExampleThatItShows() {
    RuleModel model = model(p -> 0.9);

    Contexts.of(model).call(() -> SMALL.compile(new Tickets.Router(), trainset, Tickets.metric()));

    assertThat(model.seen()).anyMatch(prompt -> prompt.demos().size() == 5);
    assertThat(model.seen())
        .noneMatch(
            prompt ->
                prompt.demos().stream()
                    .anyMatch(demo -> prompt.input("text").equals(demo.get("text"))));
  }

  @Test
  void keepsTheProgramAsItWasGivenIfNothingIsBetter() {
    var optimized = compile(model(byDemos(0.9, -0.1)), SMALL);

    assertThat(optimized.report().best()).isEqualTo(optimized.report().candidates().get(0));
    assertThat(optimized.compiled().state().of("route").demos()).isEmpty();
  }

  @Test
  void tiesGoToFewerDemos() {
    List<Demo> own =
        Tickets.data(200, 204, "quartz").examples().stream()
            .map(e -> new Demo(e.inputJson(), e.expectedJson(), Demo.Origin.LABELED, ""))
            .toList();
    Tickets.Router student = new Tickets.Router(new Tickets.Router().route().withDemos(own));
    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(student, trainset, Tickets.metric()).withValset(valset);

    var optimized = Contexts.of(model(p -> 0.7)).call(() -> SMALL.compile(task));

    assertThat(optimized.report().best().candidate().label()).isEqualTo("zero-shot");
    assertThat(optimized.compiled().state().of("route").demos()).isEmpty();
  }

  @Test
  void stopsAtTheScoreThatIsWanted() {
    RuleModel model = model(byDemos(0.5, 0.1));

    var report = compile(model, SMALL.stopAtScore(0.9).candidatesInFlight(1)).report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    assertThat(report.candidates()).hasSize(2);
    assertThat(report.best().candidate().label()).isEqualTo("labels -2");
  }

  @Test
  void bootstrapsNothingIfTheBaselineIsGoodEnough() {
    RuleModel model = model(p -> 1);

    var report = compile(model, SMALL.stopAtScore(1.0)).report();

    assertThat(report.candidates()).hasSize(1);
    assertThat(model.seen()).hasSize(30);
  }

  @Test
  void samplesLabelsWhereNothingIsBootstrapped() {
    var settings = SMALL.maxBootstrappedDemos(0);

    RuleModel model = model(byDemos(0.3, 0.1));
    var report = compile(model, settings).report();

    assertThat(report.bootstrap()).isEmpty();
    assertThat(report.candidates().stream().skip(1))
        .hasSize(7)
        .allMatch(c -> c.candidate().origin() == DemoCandidate.Origin.LABELED);
  }

  @Test
  void triesOnlyTheCandidatesThatAreNamed() {
    RuleModel model = model(byDemos(0.4, 0.08));

    var report = compile(model, SMALL.restrict(Set.of(-2))).report();

    assertThat(report.candidates()).hasSize(2);
    assertThat(model.seen()).allMatch(p -> Tickets.number(p.input("text")) >= 100);
    assertThatThrownBy(() -> compile(model, SMALL.restrict(Set.of(6))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("6");
  }

  @Test
  void doesNotDependOnThreads() {
    var settings = SMALL.candidatesInFlight(4);
    BootstrapFewShotWithRandomSearch optimizer = settings;

    var alone =
        Contexts.of(model(byDemos(0.4, 0.08)), 1).call(() -> optimizer.compile(task())).report();
    var together =
        Contexts.of(model(byDemos(0.4, 0.08)), 8).call(() -> optimizer.compile(task())).report();
    var otherSeed = compile(model(byDemos(0.4, 0.08)), settings.seed(1)).report();

    assertThat(together.candidates()).isEqualTo(alone.candidates());
    assertThat(together.best()).isEqualTo(alone.best());
    assertThat(otherSeed.candidates()).isNotEqualTo(alone.candidates());
  }

  @Test
  void writesItsProvenance() {
    var provenance = compile(model(byDemos(0.4, 0.08)), SMALL).compiled().provenance();

    assertThat(provenance.optimizer()).isEqualTo("BootstrapFewShotWithRandomSearch");
    assertThat(provenance.settings().get("candidatePrograms").intValue()).isEqualTo(6);
    assertThat(provenance.scores()).hasSize(2);
    assertThat(provenance.dataFingerprints()).containsOnlyKeys("trainset", "valset");
    assertThat(provenance.modelIds()).isEqualTo(Map.of("task", "m", "teacher", "m"));
  }
}
