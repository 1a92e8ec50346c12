package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.mipro.Auto;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Plan;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.tpe.TpeSearch;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A setting that has no effect is never silent; one that was not set is never spoken of. */
class UnusedPartsTest {
  private final RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));
  private final OptimizationTask<Ticket, Route> task =
      OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric());

  private List<String> notes(Optimizer<?> optimizer, Dataset<Ticket, Route> valset) {
    return Contexts.of(model).call(() -> optimizer.plan(task.withValset(valset))).notes();
  }

  static Stream<Arguments> idle() {
    MiproV2 zeroShot = MiproV2.light().maxBootstrappedDemos(0).maxLabeledDemos(0);
    MiproV2 demosOnly = MiproV2.light().instructionCandidates(1);
    return Stream.of(
        Arguments.of(MiproV2.light().valsetFraction(0.5), "valsetFraction has no effect"),
        Arguments.of(
            MiproV2.light().search(Search.tpe()).minibatch(false).minibatchSize(20),
            "minibatchSize has no effect, since there are no minibatches"),
        Arguments.of(
            MiproV2.light().search(Search.tpe()).minibatch(false).fullEvaluationTop(2),
            "fullEvaluationTop has no effect"),
        Arguments.of(
            MiproV2.light().trials(8).search(TpeSearch.defaults().startupTrials(8).gamma(0.2)),
            "gamma has no effect, since startupTrials (8) leaves none of 8 trials to be guided"),
        Arguments.of(
            MiproV2.light().trials(8).search(TpeSearch.defaults().belowLimit(20)),
            "belowLimit has no effect, since with gamma 0.1 no more than 2 observations"),
        Arguments.of(zeroShot.demoSets(4), "demoSets has no effect"),
        Arguments.of(
            zeroShot.metricThreshold(0.5), "metricThreshold only decides which runs the proposer"),
        Arguments.of(
            demosOnly.maxBootstrappedDemos(0).metricThreshold(0.5),
            "metricThreshold has no effect"),
        Arguments.of(demosOnly.tips(List.of("Be brief.")), "tips has no effect"),
        Arguments.of(demosOnly.proposalRounds(2), "proposalRounds has no effect"),
        Arguments.of(
            MiproV2.light().dataAware(false).viewDataBatchSize(5),
            "viewDataBatchSize has no effect, since dataAware is switched off"),
        Arguments.of(MiproV2.light().tipAware(false).fixedTip("Be brief."), "fixedTip has no"),
        Arguments.of(
            MiproV2.light().fixedTip("Be brief.").tips(List.of("Be long.")), "tips has no effect"),
        Arguments.of(
            BootstrapFewShot.defaults().maxBootstrappedDemos(0).maxRounds(2),
            "maxRounds has no effect, since maxBootstrappedDemos is 0"),
        Arguments.of(BootstrapFewShot.defaults(), "The valset (100 examples) has no effect"),
        Arguments.of(LabeledFewShot.defaults(), "The valset (100 examples) has no effect"),
        Arguments.of(Copro.defaults(), "The valset (100 examples) has no effect"),
        Arguments.of(
            BootstrapFewShotWithRandomSearch.defaults().valsetFraction(0.4),
            "valsetFraction has no effect"),
        Arguments.of(
            BootstrapFewShotWithRandomSearch.defaults().restrict(Set.of(0)).labeledSample(false),
            "labeledSample has no effect"));
  }

  @ParameterizedTest
  @MethodSource("idle")
  void areNoted(Optimizer<?> optimizer, String words) {
    assertThat(notes(optimizer, Tickets.data(100, 200, "quartz")))
        .anyMatch(note -> note.contains(words));
  }

  static Stream<Optimizer<?>> defaults() {
    return Stream.of(
        MiproV2.light(),
        MiproV2.light().search(Search.tpe()),
        MiproV2.light().maxBootstrappedDemos(0).maxLabeledDemos(0),
        MiproV2.light().instructionCandidates(1),
        MiproV2.light().search(Search.tpe()).minibatchSize(20).fullEvaluationSteps(3).patience(4),
        MiproV2.light().targetScore(0.9).patience(5),
        BootstrapFewShotWithRandomSearch.defaults().maxBootstrappedDemos(0));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void areNotSpokenOfWhereAllHaveAnEffect(Optimizer<?> optimizer) {
    assertThat(notes(optimizer, Tickets.data(100, 200, "quartz"))).isEmpty();
  }

  @Test
  void noteAPromptModelThatHasNothingToWrite() {
    MiproV2 optimizer = MiproV2.light().instructionCandidates(1).promptModel(model).trials(3);

    assertThat(notes(optimizer, Tickets.data(100, 200, "quartz")))
        .anyMatch(note -> note.startsWith("promptModel has no effect"));
    assertThat(Contexts.of(model).call(() -> optimizer.compile(task)).report().notes())
        .anyMatch(note -> note.startsWith("promptModel has no effect"));
  }

  @Test
  void withoutAPresetNothingCapsTheValidationSet() {
    MiproV2 optimizer = MiproV2.withoutPreset().candidates(7).trials(30);

    MiproV2Plan plan =
        Contexts.of(model)
            .call(() -> optimizer.plan(task.withValset(Tickets.data(100, 500, "quartz"))));

    assertThat(plan.validationExamples()).isEqualTo(400);
    assertThat(plan.instructionCandidates()).isEqualTo(7);
    assertThat(plan.demoSets()).isEqualTo(7);
    assertThat(plan.trials()).isEqualTo(30);
    assertThat(plan.notes()).isEmpty();
  }

  @Test
  void withoutAPresetMissingNumbersAreNamedBeforeTheFirstCall() {
    refused(MiproV2.withoutPreset(), "instructionCandidates and demoSets and trials are not set");
    refused(MiproV2.withoutPreset().candidates(7), "trials is not set. Maybe set trials");
    refused(
        MiproV2.withoutPreset().trials(7).instructionCandidates(3),
        "demoSets is not set. Maybe set candidates");
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void aRunWithoutDemosNeedsNoNumberOfDemoSets() {
    MiproV2 optimizer =
        MiproV2.withoutPreset()
            .instructionCandidates(3)
            .trials(4)
            .maxBootstrappedDemos(0)
            .maxLabeledDemos(0);

    assertThat(Contexts.of(model).call(() -> optimizer.compile(task)).report().plan().demoSets())
        .isZero();
  }

  private void refused(MiproV2 optimizer, String words) {
    assertThatThrownBy(() -> Contexts.of(model).call(() -> optimizer.compile(task)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words);
  }

  @Test
  void presetsAreATableWithoutData() {
    assertThat(Auto.table().lines())
        .hasSize(5)
        .anyMatch(line -> line.matches("light +6 +3 +10 +20 +100"))
        .anyMatch(line -> line.matches("medium +12 +6 +18 +28 +300"))
        .anyMatch(line -> line.matches("heavy +18 +9 +27 +33 +1000"));
  }
}
