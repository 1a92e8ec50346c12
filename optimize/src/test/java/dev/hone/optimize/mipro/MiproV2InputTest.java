package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiproV2InputTest {
  private final RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

  private void refuses(OptimizationTask<Ticket, Route> task, String... words) {
    assertThatThrownBy(() -> Trial.run(Contexts.of(model), Trial.small(), task))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining("Maybe ");
    assertThat(model.seen()).isEmpty();
  }

  private static OptimizationTask<Ticket, Route> on(Dataset<Ticket, Route> trainset) {
    return OptimizationTask.of(new Tickets.Router(), trainset, Tickets.metric());
  }

  @Test
  void refusesAValsetThatSharesExamplesWithTheTrainsetBeforeTheFirstCall() {
    refuses(
        on(Tickets.data(0, 30, "quartz")).withValset(Tickets.data(28, 60, "quartz")),
        "2 of 30 examples",
        "ticket 28");
  }

  @Test
  void refusesAnEmptyTrainsetAnEmptyValsetAndASingleExample() {
    refuses(on(Dataset.of(List.of())), "The trainset is empty");
    refuses(on(Tickets.data(0, 9, "quartz")).withValset(Dataset.of(List.of())), "valset is empty");
    refuses(on(Tickets.data(0, 1, "quartz")), "1 example", "at least 2");
  }

  @Test
  void learnsFromASingleExampleWhenThereIsAValset() {
    RuleModel good =
        RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.9));
    OptimizationTask<Ticket, Route> task =
        on(Tickets.data(0, 1, "quartz")).withValset(Tickets.data(1, 20, "quartz"));

    var optimized = Trial.run(Contexts.of(good), Trial.small(), task);

    assertThat(optimized.compiled().state().of("route").demos()).hasSize(1);
  }

  @Test
  void learnsFromTwoExamplesWithoutAValset() {
    var report =
        Trial.run(Contexts.of(model), Trial.small(), on(Tickets.data(0, 2, "quartz"))).report();

    assertThat(report.plan().trainExamples()).isEqualTo(1);
    assertThat(report.plan().validationExamples()).isEqualTo(1);
  }

  @Test
  void refusesAProgramWithoutPredictors() {
    Program<Ticket, Route> program = input -> new Tickets.Router().route().run(input);

    refuses(Trial.task(program), "no predictors that can be optimized", "in fields");
  }

  @Test
  void refusesACompiledProgramAndNamesTheOneToPass() {
    var compiled = LabeledFewShot.defaults().compile(new Tickets.Router(), Trial.TRAINSET);

    refuses(Trial.task(compiled), "no predictors that can be optimized", "compiled from");
  }

  @Test
  void refusesATeacherWithOtherPredictors() {
    refuses(
        Trial.relay().withTeacher(Teacher.of(new Tickets.Router())),
        "The teacher has no predictor \"find\"");
  }

  @Test
  void refusesToRunWithoutAModel() {
    assertThatThrownBy(() -> Trial.small().compile(Trial.task()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("No language model is set");
  }

  @Test
  void partsSortedDataSoThatBothPartsHoldEveryLabel() {
    List<Example<Ticket, Route>> sorted = new ArrayList<>(Tickets.data(0, 60, "x").examples());
    sorted.sort(Comparator.comparing(example -> example.expected().label()));

    Trial.run(Contexts.of(model), Trial.small(), on(Dataset.of(sorted)));

    Map<String, Long> inTraining =
        model.askedFor("observations").stream()
            .flatMap(prompt -> prompt.input("examples").lines())
            .filter(line -> line.startsWith("label: "))
            .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
    assertThat(inTraining).hasSize(3);
    assertThat(inTraining.values()).allMatch(count -> count == 14);
  }

  @Test
  void learnsFromNoExampleThatItChoosesBy() {
    List<Example<Ticket, Route>> twice = new ArrayList<>(Tickets.data(0, 20, "x").examples());
    twice.addAll(Tickets.data(0, 20, "x").examples());

    var report = Trial.run(Contexts.of(model), Trial.small(), on(Dataset.of(twice))).report();

    Set<String> chosenBy = new HashSet<>();
    model
        .seen(p -> p.instructions().startsWith("Draft"))
        .forEach(p -> chosenBy.add(p.input("text")));
    assertThat(chosenBy).isNotEmpty();
    assertThat(model.seen(p -> p.asksFor("label")))
        .noneMatch(p -> p.demos().stream().anyMatch(d -> chosenBy.contains(d.get("text"))));
    assertThat(report.notes()).anyMatch(p -> p.contains("20 distinct inputs"));
  }

  @Test
  void notesAMinibatchThatIsNotSmallerThanTheValset() {
    var report = Trial.run(model, Trial.small().minibatch(true).minibatchSize(50)).report();

    assertThat(report.plan().minibatchSize()).isNull();
    assertThat(report.notes())
        .anyMatch(p -> p.contains("minibatchSize (50)") && p.contains("40 examples"));
  }

  @Test
  void notesAValsetThatThePresetCutsDown() {
    OptimizationTask<Ticket, Route> task =
        on(Trial.TRAINSET).withValset(Tickets.data(40, 240, "quartz"));

    MiproV2Plan plan = Contexts.of(model).call(() -> Trial.small().plan(task));

    assertThat(plan.validationExamples()).isEqualTo(100);
    assertThat(plan.minibatchSize()).isEqualTo(35);
    assertThat(plan.notes()).anyMatch(note -> note.contains("100 of 200"));
  }

  @ParameterizedTest
  @CsvSource({
    "LIGHT, 1, false, 3, 6, 10",
    "MEDIUM, 1, false, 6, 12, 18",
    "HEAVY, 1, false, 9, 18, 27",
    "LIGHT, 2, false, 3, 6, 20",
    "LIGHT, 1, true, 6, 0, 9",
    "MEDIUM, 1, true, 12, 0, 18",
    "HEAVY, 1, true, 18, 0, 27"
  })
  void resolvesPresetsAsTheReferenceDoes(
      Auto auto, int predictors, boolean zeroShot, int instructions, int demoSets, int trials) {
    MiproV2 preset = MiproV2.auto(auto);
    MiproV2 settings = zeroShot ? preset.maxBootstrappedDemos(0).maxLabeledDemos(0) : preset;
    var student = predictors == 1 ? Trial.task() : Trial.task(new Relay.TwoSteps());

    MiproV2Plan plan = Contexts.of(model).call(() -> settings.plan(student));

    assertThat(plan.instructionCandidates()).isEqualTo(instructions);
    assertThat(plan.demoSets()).isEqualTo(demoSets);
    assertThat(plan.trials()).isEqualTo(trials);
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void prefersAnExplicitNumberToThePreset() {
    MiproV2Plan plan = Contexts.of(model).call(() -> MiproV2.heavy().trials(5).plan(Trial.task()));

    assertThat(plan.trials()).isEqualTo(5);
    assertThat(plan.instructionCandidates()).isEqualTo(9);
  }

  @Test
  void namesTheValueAndAFixForSettingsOutOfRange() {
    assertThatThrownBy(() -> Trial.small().trials(0))
        .hasMessage("trials (0) is less than 1. Maybe raise it to 1.");
    assertThatThrownBy(() -> Trial.small().valsetFraction(1))
        .hasMessageContaining("valsetFraction (1.0)");
    assertThatThrownBy(() -> Trial.small().metricThreshold(Double.NaN))
        .hasMessageContaining("metricThreshold");
    assertThatThrownBy(() -> Trial.small().trials(2).proposalRounds(4).plan(Trial.task()))
        .hasMessageContaining("trials (2)")
        .hasMessageContaining("proposalRounds (4)")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> Trial.small().failureScore(Double.NEGATIVE_INFINITY))
        .hasMessageContaining("failureScore (-Infinity)");
  }

  @Test
  void namesASettingThatIsNull() {
    assertThatThrownBy(() -> MiproV2.auto(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("auto is null. Maybe leave it out for the default.");
    assertThatThrownBy(() -> Trial.small().search(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("search is null");
    assertThatThrownBy(() -> Trial.small().bootstrap((BootstrapSettings) null))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Trial.small().proposer((ProposerSettings) null))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> ProposerSettings.defaults().withTips(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tips is null");
    assertThatThrownBy(() -> ProposerSettings.defaults().withTips(Arrays.asList("short", null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tips");
  }

  @Test
  void namesValsetFractionWhereItLeavesAPartEmpty() {
    for (double fraction : new double[] {0.001, 0.999}) {
      assertThatThrownBy(
              () ->
                  Contexts.of(model)
                      .call(
                          () ->
                              Trial.small()
                                  .valsetFraction(fraction)
                                  .plan(
                                      OptimizationTask.of(
                                          new Tickets.Router(),
                                          Tickets.data(0, 10, "quartz"),
                                          Tickets.metric()))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("valsetFraction (" + fraction + ")")
          .hasMessageContaining("Maybe");
    }
  }

  @Test
  void writesTheLimitOnErrorsIntoTheProvenance() {
    BootstrapSettings limited = BootstrapSettings.defaults().withMaxErrors(7);

    assertThat(limited.toJson().get("maxErrors").intValue()).isEqualTo(7);
    assertThat(BootstrapSettings.defaults().toJson().get("maxErrors").isNull()).isTrue();
  }

  @Test
  void needsNoModelInTheContextWhenItHasItsOwn() {
    MiproV2 own = Trial.small().taskModel(Contexts.bare(model, 4));
    Context empty = Context.builder().build();

    assertThat(empty.call(() -> own.compile(Trial.task())).report().trials()).isNotEmpty();
    assertThat(
            empty
                .call(() -> own.promptModel(Contexts.bare(model, 4)).compile(Trial.task()))
                .report()
                .trials())
        .isNotEmpty();
    assertThatThrownBy(
            () ->
                empty.call(() -> MiproV2.auto(Auto.LIGHT).promptModel(model).compile(Trial.task())))
        .isInstanceOf(InvalidInputException.class);
  }
}
