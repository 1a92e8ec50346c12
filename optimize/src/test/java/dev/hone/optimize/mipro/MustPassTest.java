package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.Search;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples that what is returned must get right. */
class MustPassTest {
  static final Dataset<Ticket, Route> MUST = Tickets.data(500, 503, "law");

  private static boolean must(SeenPrompt prompt) {
    return prompt.input("text").contains("about law");
  }

  /** The later an instruction was written, the better it is; these fail what must pass. */
  private static RuleModel model(List<Long> failing) {
    return RuleModel.of(
        ProposerRules.withInstruction(p -> "Draft " + p.options().rolloutId()),
        prompt -> {
          long draft = draft(prompt);
          if (must(prompt)) {
            boolean right = !failing.contains(draft) || !prompt.input("text").contains("501");
            return Map.of(
                "label", right ? Tickets.label(Tickets.number(prompt.input("text"))) : "wrong");
          }
          return Tickets.rules(p -> draft == 0 ? 0.3 : 0.4 + (draft - 1000) * 0.1).apply(prompt);
        });
  }

  static long draft(SeenPrompt prompt) {
    String text = prompt.instructions();
    return text.startsWith("Draft ") ? Long.parseLong(text.split("[\\s]+")[1]) : 0;
  }

  static MiproV2 settings(String search) {
    return MiproV2.withoutPreset()
        .instructionCandidates(4)
        .demoSets(1)
        .maxBootstrappedDemos(0)
        .maxLabeledDemos(0)
        .trials(8)
        .search(Search.named(search))
        .mustPass(MUST);
  }

  private static String returned(RuleModel model, MiproV2 settings) {
    return Trial.run(model, settings).compiled().state().of("route").instructions();
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void theBestIsReturnedWhereItPasses(String search) {
    RuleModel model = model(List.of());

    var optimized = Trial.run(model, settings(search));

    assertThat(optimized.compiled().state().of("route").instructions()).isEqualTo("Draft 1003");
    assertThat(model.seen(MustPassTest::must)).hasSize(MUST.size());
    assertThat(optimized.report().notes())
        .anyMatch(note -> note.endsWith("passed all of 3 must-pass examples."));
    assertThat(optimized.report().spendByStage().get("mustPass").lmCalls()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void theNextBestIsReturnedWhereTheBestFails(String search) {
    RuleModel model = model(List.of(1003L));

    var optimized = Trial.run(model, settings(search));

    MiproV2Report report = optimized.report();
    assertThat(optimized.compiled().state().of("route").instructions()).isEqualTo("Draft 1002");
    assertThat(report.notes())
        .anyMatch(
            note ->
                note.endsWith(
                    "is not returned: of 3 must-pass examples it failed number 2 (0.000), below"
                        + " 1.0."));
    assertThat(report.best().examples()).isEqualTo(report.baseline().examples()).isPositive();
    assertThat(report.best().scoreMean()).isGreaterThan(report.baseline().scoreMean());
    assertThat(report.improved()).isTrue();
    assertThat(report.confidence()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void theProgramAsGivenIsReturnedUntriedWhereNothingPasses(String search) {
    RuleModel model = model(List.of(0L, 1001L, 1002L, 1003L));

    var optimized = Trial.run(model, settings(search));

    assertThat(optimized.compiled().state().of("route").instructions()).isEqualTo(Tickets.ORIGINAL);
    assertThat(optimized.report().improved()).isFalse();
    assertThat(model.seen(MustPassTest::must)).noneMatch(prompt -> draft(prompt) == 0);
    assertThat(optimized.report().notes())
        .contains(
            "Nothing that beat the program as given passed, so that one is returned, untried.");
  }

  @Test
  void theThresholdIsThatOfTheMetric() {
    assertThat(returned(model(List.of(1003L)), settings("tpe").metricThreshold(0)))
        .isEqualTo("Draft 1003");
  }

  @Test
  void thePlanCountsItAndTheRunKeepsWithinIt() {
    RuleModel model = model(List.of(0L, 1001L, 1002L, 1003L));
    MiproV2 without =
        MiproV2.withoutPreset().candidates(4).trials(8).maxBootstrappedDemos(0).maxLabeledDemos(0);
    Context context = Contexts.of(model);

    long more =
        context.call(() -> without.mustPass(MUST).plan(Trial.task())).maxProgramRuns()
            - context.call(() -> without.plan(Trial.task())).maxProgramRuns();
    MiproV2Report report = Trial.run(model, settings("racing")).report();

    assertThat(more).isEqualTo(4 * 3 + 3 * 40);
    assertThat(report.spend().lmCalls())
        .isLessThanOrEqualTo(report.plan().maxProgramRuns() + report.plan().maxProposerCalls());
  }

  @Test
  void nothingIsReturnedThatCouldNotBeTried() {
    RuleModel free = model(List.of());
    long calls = Trial.run(free, settings("tpe")).report().spend().lmCalls();
    RuleModel model = model(List.of());
    Context context =
        Contexts.of(model).toBuilder().budget(Budget.ofCalls(Math.toIntExact(calls - 2))).build();

    var optimized = Trial.run(context, settings("tpe"), Trial.task());

    assertThat(optimized.compiled().state().of("route").instructions()).isEqualTo(Tickets.ORIGINAL);
    assertThat(optimized.report().notes())
        .contains(
            "The must-pass examples could not be tried, so the program as given is returned.");
  }

  @Test
  void examplesOfAnotherKindAndNoneAreRefused() {
    Dataset<Route, Ticket> other =
        Dataset.of(List.of(Example.of(new Route("red"), new Ticket("ticket 1"))));

    assertThatThrownBy(() -> returned(model(List.of()), settings("tpe").mustPass(other)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("of Route[label] and Ticket")
        .hasMessageContaining("of Ticket[text] and Route");
    assertThatThrownBy(
            () -> returned(model(List.of()), settings("tpe").mustPass(Dataset.of(List.of()))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mustPass");
  }

  @Test
  void thatADemoMayShowThemIsSaid() {
    var plan =
        Contexts.of(model(List.of()))
            .call(() -> Trial.small().mustPass(Tickets.data(38, 43, "quartz")).plan(Trial.task()));

    assertThat(plan.notes())
        .contains(
            "2 of 5 must-pass examples are in the trainset, so that a demo may show them with their"
                + " answers.");
  }
}
