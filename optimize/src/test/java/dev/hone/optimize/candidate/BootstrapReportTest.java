package dev.hone.optimize.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.prompt.Demo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BootstrapReportTest {
  private static final BootstrapSettings ALL =
      BootstrapSettings.defaults().withMaxBootstrappedDemos(30).withMaxLabeledDemos(0);

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");

  private Optimized<Ticket, Route, BootstrapReport> compile(
      double skill, Budget budget, Metric<Ticket, Route> metric) {
    Context context =
        Contexts.of(new RuleModel("m", Tickets.rules(p -> skill))).toBuilder()
            .budget(budget)
            .build();
    return context.call(
        () ->
            BootstrapFewShot.defaults()
                .bootstrap(defaults -> ALL)
                .compile(new Tickets.Router(), trainset, metric));
  }

  @Test
  void keepsWhatWasBootstrappedWhenTheBudgetEnds() {
    var optimized = compile(1, Budget.ofCalls(11), Tickets.metric());

    assertThat(optimized.compiled().state().of("route").demos())
        .hasSize(11)
        .allMatch(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED);
    assertThat(optimized.report().notes())
        .containsExactly(
            "The budget ended bootstrapping after 11 teacher runs, 11 of them successful: "
                + "The budget of 11 model calls is spent. Maybe raise it.");
  }

  @Test
  void countsDemosByTheirOrigin() {
    BootstrapSettings settings =
        BootstrapSettings.defaults().withMaxBootstrappedDemos(3).withMaxLabeledDemos(8);

    BootstrapReport report =
        Contexts.of(new RuleModel("m", Tickets.rules(p -> 1)))
            .call(
                () ->
                    BootstrapFewShot.defaults()
                        .bootstrap(settings)
                        .compile(new Tickets.Router(), trainset, Tickets.metric()))
            .report();

    assertThat(report.demosByPredictor()).isEqualTo(Map.of("route", 8));
    assertThat(report.labeledByPredictor()).isEqualTo(Map.of("route", 5));
    assertThat(report.bootstrappedByPredictor()).isEqualTo(Map.of("route", 3));
    assertThat(report.summary()).contains("demos {route=8}, from runs {route=3}, ");
    assertThat(report.settings()).hasToString(settings.toString());
    assertThat(report.metricThreshold()).isEqualTo(1);
  }

  @Test
  void saysThatLabelsCanNeverBeAddedInPlanAndReport() {
    BootstrapFewShot optimizer =
        BootstrapFewShot.defaults().maxBootstrappedDemos(4).maxLabeledDemos(2);
    Context context = Contexts.of(new RuleModel("m", Tickets.rules(p -> 1)));

    var plan = context.call(() -> optimizer.plan(new Tickets.Router(), trainset, Tickets.metric()));
    var report =
        context
            .call(() -> optimizer.compile(new Tickets.Router(), trainset, Tickets.metric()))
            .report();

    assertThat(plan.notes()).anyMatch(note -> note.contains("no label is ever added"));
    assertThat(report.notes()).anyMatch(note -> note.contains("Maybe set maxLabeledDemos to 6"));
    assertThat(report.labeledByPredictor()).isEqualTo(Map.of("route", 0));
    assertThat(report.bootstrappedByPredictor()).isEqualTo(Map.of("route", 4));
  }

  @Test
  void throwsWhenTheBudgetEndsBeforeARunSucceeded() {
    assertThatThrownBy(() -> compile(0, Budget.ofCalls(11), Tickets.metric()))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  void namesTheMetricWhereTheMetricFailedAndPrintsIt() {
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          if (example.input().equals(new Ticket("ticket 7 about quartz"))) {
            throw new IllegalStateException("label missing");
          }
          return Score.of(1);
        };

    String text = compile(1, Budget.unlimited(), broken).report().toString();

    assertThat(text)
        .startsWith("29 of 30 teacher runs succeeded")
        .contains("note: 1 teacher run failed. The first time the metric failed: ")
        .contains("label missing");
  }

  @Test
  void saysThatTheRunsFailedWhereAllDid() {
    RuleModel model = new RuleModel("m", prompt -> Map.of("nonsense", "x"));
    BootstrapSettings settings = ALL.withMaxErrors(100);

    List<String> warnings =
        Contexts.of(model)
            .call(
                () ->
                    BootstrapFewShot.defaults()
                        .bootstrap(defaults -> settings)
                        .compile(
                            new Tickets.Router(), Tickets.data(0, 12, "quartz"), Tickets.metric()))
            .report()
            .notes();

    assertThat(warnings)
        .anyMatch(w -> w.startsWith("All 12 teacher runs failed. The first time the program"))
        .noneMatch(w -> w.contains("threshold") || w.contains("metricThreshold"));
  }

  @Test
  void countsOnlyRunsWithAScoreAgainstTheThreshold() {
    RuleModel model =
        new RuleModel(
            "m",
            prompt ->
                prompt.text().contains("ticket 7 ")
                    ? Map.of("nonsense", "x")
                    : Map.of("label", "wrong"));

    List<String> warnings =
        Contexts.of(model)
            .call(
                () ->
                    BootstrapFewShot.defaults()
                        .bootstrap(defaults -> ALL)
                        .compile(new Tickets.Router(), trainset, Tickets.metric()))
            .report()
            .notes();

    assertThat(warnings)
        .anyMatch(w -> w.startsWith("None of 29 teacher runs with a score reached the threshold"))
        .anyMatch(w -> w.startsWith("1 teacher run failed. The first time the program"));
  }

  @Test
  void saysThatScoresAreOnAnotherScaleThanTheThreshold() {
    Metric<Ticket, Route> oneToFive =
        (example, actual, context) -> Score.of(actual.equals(example.expected()) ? 5 : 1);

    assertThat(compile(0.5, Budget.unlimited(), oneToFive).report().notes())
        .containsExactly(
            "Scores between 1 and 5 are outside 0 to 1, and metricThreshold is 1. Maybe set it.");
  }

  @Test
  void saysNothingOfAScaleThatFits() {
    assertThat(compile(0.5, Budget.unlimited(), Tickets.metric()).report().notes()).isEmpty();
  }

  private List<String> notes(Metric<Ticket, Route> metric) {
    return Contexts.of(new RuleModel("m", prompt -> Map.of("label", "Adult")))
        .call(
            () ->
                BootstrapFewShot.defaults()
                    .bootstrap(defaults -> ALL)
                    .compile(new Tickets.Router(), trainset, metric))
        .report()
        .notes();
  }

  @Test
  void showsTheFirstFeedbackWhereNoRunSucceeded() {
    List<String> notes = notes(Metric.exact(Route::label));

    assertThat(notes)
        .first()
        .asString()
        .contains("None of 30 teacher runs reached the threshold 1.0 (the best was 0.000).")
        .contains("The metric said the first time: ", "found \"Adult\"")
        .doesNotContain("metricThreshold")
        .endsWith("or use a stronger teacher.");
  }

  @Test
  void advisesALowerThresholdOnlyWhereThatWouldLetSomethingPass() {
    assertThat(notes((example, actual, context) -> Score.of(0.4, "nearly")))
        .first()
        .asString()
        .contains("The metric said the first time: nearly.")
        .endsWith("Maybe lower metricThreshold, or use a stronger teacher.");
    assertThat(notes((example, actual, context) -> Score.of(0)))
        .first()
        .asString()
        .doesNotContain("metricThreshold", "The metric said");
  }

  @Test
  void quotesALongFeedbackInPart() {
    assertThat(notes((example, actual, context) -> Score.of(0, "word ".repeat(10_000))))
        .first()
        .satisfies(note -> assertThat(note).hasSizeLessThan(600));
  }
}
