package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluator;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
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
import dev.hone.prompt.Demo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Learning from examples with inputs only. */
class UnlabelledExamplesTest {
  private static final Dataset<Ticket, Route> UNLABELLED =
      Dataset.unlabelled(
          IntStream.range(0, 24).mapToObj(i -> Tickets.ticket(i, "quartz").input()).toList());

  /** Needs no label: any color will do. */
  private static final Metric<Ticket, Route> COLORED =
      (example, route, run) -> Score.of(!route.label().equals("wrong"));

  private final RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.6));

  @Test
  void labeledFewShotSaysThatItNeedsLabels() {
    assertThatThrownBy(
            () ->
                Contexts.of(model)
                    .call(
                        () -> LabeledFewShot.defaults().compile(new Tickets.Router(), UNLABELLED)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("LabeledFewShot needs labels, and none of 24 examples has one");
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void labeledFewShotShowsOnlyExamplesWithALabel() {
    Dataset<Ticket, Route> mixed = UNLABELLED.concat(Tickets.data(50, 53, "quartz"));

    var optimized =
        Contexts.of(model)
            .call(() -> LabeledFewShot.defaults().compile(new Tickets.Router(), mixed));

    assertThat(optimized.compiled().state().of("route").demos())
        .hasSize(3)
        .noneMatch(demo -> demo.outputs().get("label").stringValue().isEmpty());
  }

  @Test
  void aMetricThatReadsLabelsIsRefusedBeforeTheFirstCall() {
    Metric<Ticket, Route> exact = Metric.exact("label", Route::label);

    for (Runnable compile :
        List.<Runnable>of(
            () -> BootstrapFewShot.defaults().compile(new Tickets.Router(), UNLABELLED, exact),
            () -> MiproV2.auto(Auto.LIGHT).compile(new Tickets.Router(), UNLABELLED, exact))) {
      assertThatThrownBy(() -> Contexts.of(model).run(compile::run))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("The metric \"label\" needs labels");
    }
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void bootstrapsFromRunsThatAMetricWithoutLabelsPassed() {
    var optimized =
        Contexts.of(model)
            .call(
                () ->
                    BootstrapFewShot.defaults().compile(new Tickets.Router(), UNLABELLED, COLORED));

    assertThat(optimized.compiled().state().of("route").demos())
        .isNotEmpty()
        .allMatch(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED)
        .noneMatch(demo -> demo.outputs().get("label").stringValue().equals("wrong"));
  }

  @Test
  void miproV2LearnsWithoutLabelsAndShowsNoEmptyOnes() {
    var optimized =
        Contexts.of(model)
            .call(
                () ->
                    MiproV2.auto(Auto.LIGHT)
                        .seed(1)
                        .compile(new Tickets.Router(), UNLABELLED, COLORED));

    List<Demo> demos =
        optimized.report().demoSets().get("route").stream()
            .flatMap(set -> set.demos().stream())
            .toList();
    assertThat(demos)
        .isNotEmpty()
        .allMatch(
            demo ->
                List.of("red", "green", "blue")
                    .contains(demo.outputs().get("label").stringValue()));
    assertThat(optimized.report().baseline().scoreMean()).isGreaterThan(0.3);
  }

  @Test
  void metricsSeeTheStepsOfWhatAnOptimizerReturned() {
    Tickets.Router program = new Tickets.Router();
    var optimized =
        Contexts.of(model)
            .call(() -> LabeledFewShot.defaults().compile(program, Tickets.data(0, 5, "quartz")));
    Metric<Ticket, Route> looks =
        (example, route, run) ->
            Score.of(
                run.steps().size() == 1
                    && run.output(program.route()).equals(run.output(optimized))
                    && run.outputs(optimized).equals(List.of(route)));
    Dataset<Ticket, Route> one =
        Dataset.of(List.of(Example.unlabelled(new Ticket("ticket 7 about quartz"))));

    assertThat(Contexts.of(model).call(() -> Evaluator.of(one, looks).evaluate(optimized)).score())
        .isEqualTo(1);
  }
}
