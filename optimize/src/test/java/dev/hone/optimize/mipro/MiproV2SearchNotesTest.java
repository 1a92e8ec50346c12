package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.LmOptions;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports and plans say of a search, under every search and every optimizer that has one. */
class MiproV2SearchNotesTest {
  private static RuleModel model() {
    return RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8));
  }

  private static OptimizationTask<Ticket, Route> task(Metric<Ticket, Route> metric, int valset) {
    return OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 40, "quartz"), metric)
        .withValset(Tickets.data(40, 40 + valset, "quartz"));
  }

  private static MiproV2 small(String search) {
    return MiproV2.light()
        .search(
            search.equals("racing")
                ? RacingSearch.defaults().wholeValset(true)
                : Search.named(search))
        .instructionCandidates(3)
        .demoSets(3);
  }

  @ParameterizedTest
  @CsvSource({"racing, 18", "tpe, 18", "random, 18", "racing, 60", "racing, 9", "tpe, 60"})
  void aSaturatedRunEndsAtItsTarget(String search, int valset) {
    Metric<Ticket, Route> always = (example, actual, context) -> Score.of(1);

    MiproV2Report report =
        Trial.run(Contexts.of(model()), small(search).targetScore(0.9), task(always, valset))
            .report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    assertThat(report.spendByStage().get("search").lmCalls()).isLessThanOrEqualTo(valset + 15L);
  }

  static Stream<Optimizer<?>> choosing() {
    return Stream.of(
        small("racing"),
        small("tpe"),
        small("random"),
        small("tpe").minibatch(true).minibatchSize(5),
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(3),
        Copro.defaults().breadth(3).depth(1));
  }

  @ParameterizedTest
  @MethodSource("choosing")
  void saysThatAllScoredAlikeSoThatThereWasNothingToChooseBy(Optimizer<?> optimizer) {
    List<Metric<Ticket, Route>> blind =
        List.of(
            (example, actual, context) -> Score.of(1),
            (example, actual, context) -> Score.of(0),
            (example, actual, context) ->
                Score.of(Tickets.number(example.input().text()) % 2 == 0 ? 0.7 : 0.2));

    for (Metric<Ticket, Route> metric : blind) {
      OptimizationReport report =
          Contexts.of(model()).call(() -> optimizer.compile(task(metric, 18))).report();

      assertThat(report.notes())
          .filteredOn(note -> note.contains("scored alike on every example"))
          .singleElement()
          .asString()
          .startsWith("All ")
          .contains("nothing to choose by");
    }
  }

  static Stream<Optimizer<?>> choosingDemos() {
    return choosing().filter(optimizer -> !(optimizer instanceof Copro));
  }

  @ParameterizedTest
  @MethodSource("choosingDemos")
  void doesNotSaySoWhereOneExampleTellsThemApart(Optimizer<?> optimizer) {
    OptimizationReport report =
        Contexts.of(model()).call(() -> optimizer.compile(task(Tickets.metric(), 18))).report();

    assertThat(report.notes()).noneMatch(note -> note.contains("scored alike"));
  }

  @ParameterizedTest
  @CsvSource({
    "racing, 9",
    "racing, 18",
    "racing, 60",
    "tpe, 9",
    "tpe, 18",
    "tpe, 60",
    "random, 60"
  })
  void everyConfigurationThatIsCompleteHadAFullEvaluationAndThatWasTold(String search, int valset) {
    List<EvaluationRequest> reranked = Collections.synchronizedList(new ArrayList<>());
    List<EvaluationRequest> finished = Collections.synchronizedList(new ArrayList<>());
    Context context =
        Contexts.of(model()).toBuilder()
            .listener(
                (event, metadata) -> {
                  if (event instanceof MiproV2Event.Reranked told) {
                    reranked.addAll(told.requests());
                  } else if (event instanceof MiproV2Event.TrialFinished told) {
                    finished.add(told.trial().request());
                  }
                })
            .build();

    MiproV2Report report =
        Trial.run(context, small(search), task(Tickets.metric(), valset)).report();

    List<Configuration> complete =
        report.configurations().stream()
            .filter(ConfigurationSummary::full)
            .map(ConfigurationSummary::configuration)
            .toList();
    List<EvaluationRequest> full =
        report.trials().stream()
            .map(TrialRecord::request)
            .filter(request -> request.kind() == EvaluationRequest.Kind.FULL)
            .toList();
    assertThat(full)
        .extracting(EvaluationRequest::configuration)
        .containsExactlyInAnyOrderElementsOf(complete);
    assertThat(finished).containsAll(full);
    assertThat(reranked)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            full.stream()
                .filter(request -> request.choice() != EvaluationRequest.Choice.BASELINE)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"minibatch", "minibatchSize", "fullEvaluationSteps", "fullEvaluationTop"})
  void aScheduleThatARaceDoesNotFollowIsRefusedBeforeTheFirstCall(String setting) {
    RuleModel model = model();
    MiproV2 plain = small("racing");
    MiproV2 with =
        Map.of(
                "minibatch", plain.minibatch(false),
                "minibatchSize", plain.minibatchSize(5),
                "fullEvaluationSteps", plain.fullEvaluationSteps(2),
                "fullEvaluationTop", plain.fullEvaluationTop(2))
            .get(setting);
    OptimizationTask<Ticket, Route> task = task(Tickets.metric(), 60);

    assertThatThrownBy(() -> with.plan(task))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(setting + " is set, but the search \"racing\" chooses the examples")
        .hasMessageContaining("Maybe use Search.tpe(), or a setting of the search itself")
        .hasMessageContaining("blockSize and budgetFraction");
    assertThatThrownBy(() -> Trial.run(Contexts.of(model), with, task))
        .isInstanceOf(InvalidInputException.class);
    assertThat(model.seen()).isEmpty();
    assertThat(plain.plan(task).notes()).isEmpty();
    assertThat(with.search(Search.tpe()).plan(task).notes())
        .noneMatch(note -> note.contains("racing"));
  }

  @Test
  void severalSettingsOfAScheduleAreRefusedTogether() {
    MiproV2 with = small("racing").minibatchSize(5).fullEvaluationSteps(2);

    assertThatThrownBy(() -> with.plan(task(Tickets.metric(), 60)))
        .hasMessageStartingWith("minibatchSize, fullEvaluationSteps are set, but the search");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 400, 1001})
  void withoutAPresetTheWholeValsetIsUsed(int size) {
    MiproV2 optimizer = MiproV2.withoutPreset().candidates(2).trials(4);

    MiproV2Plan plan = optimizer.plan(task(Tickets.metric(), size));

    assertThat(plan.validationExamples()).isEqualTo(size);
    assertThat(plan.notes()).isEmpty();
  }

  static Stream<Optimizer<?>> running() {
    return Stream.concat(choosing(), Stream.of(BootstrapFewShot.defaults()));
  }

  @ParameterizedTest
  @MethodSource("running")
  void thePlanSaysWhetherATemperatureIsSet(Optimizer<?> optimizer) {
    Context unset = Contexts.of(model());
    Context cold = unset.toBuilder().options(LmOptions.builder().temperature(0.0).build()).build();

    OptimizationPlan of = unset.call(() -> optimizer.plan(task(Tickets.metric(), 18)));
    OptimizationPlan ofCold = cold.call(() -> optimizer.plan(task(Tickets.metric(), 18)));

    assertThat(of.temperature()).isNull();
    assertThat(of.toString())
        .contains("no temperature is set, so servers choose their own (llama.cpp 0.8)");
    assertThat(ofCold.temperature()).isZero();
    assertThat(ofCold.toString()).contains("temperature 0.0").doesNotContain("llama.cpp");
  }

  @Test
  void thePlanTakesTheTemperatureOfAModelOfItsOwn() {
    var warm = model().withOptions(o -> o.temperature(0.4));

    MiproV2Plan plan =
        Contexts.of(model())
            .call(() -> MiproV2.light().taskModel(warm).plan(task(Tickets.metric(), 18)));

    assertThat(plan.temperature()).isEqualTo(0.4);
  }

  private static Dataset<Ticket, Route> conflicting(int conflicts) {
    List<Example<Ticket, Route>> examples =
        new ArrayList<>(Tickets.data(0, 30, "quartz").examples());
    for (int i = 0; i < conflicts; i++) {
      examples.add(
          Example.of(new Ticket("ticket %d about quartz".formatted(4 + i)), new Route("other")));
    }
    examples.add(examples.get(0));
    return Dataset.of(examples);
  }

  static Stream<Optimizer<?>> learning() {
    return Stream.concat(running(), Stream.of(LabeledFewShot.defaults()));
  }

  @ParameterizedTest
  @MethodSource("learning")
  void saysThatEqualInputsHaveDifferentLabelsWithTheirNumberAndTheFirst(Optimizer<?> optimizer) {
    for (int conflicts : new int[] {1, 3}) {
      OptimizationTask<Ticket, Route> task =
          OptimizationTask.of(new Tickets.Router(), conflicting(conflicts), Tickets.metric());

      List<String> notes = Contexts.of(model()).call(() -> optimizer.plan(task)).notes();

      assertThat(notes)
          .filteredOn(note -> note.contains("different labels"))
          .singleElement()
          .asString()
          .startsWith(conflicts == 1 ? "1 input of the trainset has" : "3 inputs of the trainset")
          .contains("ticket 4 about quartz", "green", "other");
    }
    OptimizationTask<Ticket, Route> clean =
        OptimizationTask.of(new Tickets.Router(), conflicting(0), Tickets.metric());
    assertThat(Contexts.of(model()).call(() -> optimizer.plan(clean)).notes())
        .noneMatch(note -> note.contains("different labels"));
  }

  /** Scores that are luck: many means, and one of them the highest. */
  private static RuleModel lucky(int seed) {
    return RuleModel.of(
        ProposerRules::echo,
        p -> {
          long key = seed * 31L + p.text().hashCode();
          boolean right = new SplittableRandom(key).nextDouble() < 0.5;
          return Map.of("label", right ? Tickets.label(Tickets.number(p.input("text"))) : "wrong");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void saysWhyAnotherThanTheHighestMeanIsReturned(String search) {
    AtomicInteger said = new AtomicInteger();
    for (int seed = 0; seed < 12; seed++) {
      MiproV2Report report =
          Trial.run(
                  Contexts.of(lucky(seed)),
                  small(search).proposalRounds(2).trials(12).seed(seed),
                  task(Tickets.metric(), 18))
              .report();
      List<ConfigurationSummary> full =
          report.configurations().stream().filter(ConfigurationSummary::full).toList();
      double highest =
          full.stream().mapToDouble(ConfigurationSummary::scoreMean).max().orElseThrow();
      boolean higher = highest > report.best().scoreMean() + 1e-9;

      assertThat(report.notes().stream().anyMatch(note -> note.contains("is returned with")))
          .isEqualTo(higher);
      if (higher) {
        said.incrementAndGet();
        assertThat(report.toString())
            .contains("%.3f on the same 18".formatted(highest), "chooses by");
      }
    }
    if (!search.equals("racing")) { // which chooses by predictions
      assertThat(said.get()).isZero();
    }
  }
}
