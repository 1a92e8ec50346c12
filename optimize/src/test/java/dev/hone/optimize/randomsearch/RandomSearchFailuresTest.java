package dev.hone.optimize.randomsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class RandomSearchFailuresTest {
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

  @Test
  void aCandidateWhoseExamplesCouldNotBeScoredDoesNotWin() {
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              boolean hard = Tickets.difficulty(prompt.input("text")) > 0.5;
              if (!prompt.demos().isEmpty() && hard) {
                throw new LmException.Unavailable("down", null, null);
              }
              return Tickets.rules(p -> 0.6).apply(prompt);
            });

    var report = compile(model, SMALL).report();

    assertThat(report.candidates().get(1).score().orElseThrow().scoreMean()).isEqualTo(1);
    assertThat(report.candidates().get(1).score().orElseThrow().unscoredExamples()).isPositive();
    assertThat(report.best().candidate().label()).isEqualTo("as given");
  }

  @Test
  void saysOnceWhatSeveralCandidatesHaveInCommon() {
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          if (example.input().equals(new Ticket("ticket 107 about quartz"))) {
            throw new IllegalStateException("no label");
          }
          return Score.of(0.5);
        };

    var report =
        Contexts.of(model(p -> 1))
            .call(
                () ->
                    SMALL.compile(
                        OptimizationTask.of(new Tickets.Router(), trainset, broken)
                            .withValset(valset)))
            .report();

    assertThat(report.notes())
        .filteredOn(p -> p.contains("no score on 1 of 30 examples"))
        .singleElement()
        .asString()
        .startsWith("The candidates as given, ");
  }

  @Test
  void aCandidateThatFailsCostsOnlyItself() {
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              if (prompt.demos().size() == 5) {
                throw new LmException.Unavailable("down", null, null);
              }
              return Tickets.rules(byDemos(0.5, 0.1)).apply(prompt);
            });

    var report = compile(model, SMALL.maxBootstrappedDemos(5).maxLabeledDemos(0)).report();

    assertThat(report.candidates()).anyMatch(c -> c.score().isEmpty());
    assertThat(report.notes()).anyMatch(p -> p.contains("was not scored"));
    assertThat(report.best().score().orElseThrow().scoreMean())
        .isGreaterThan(report.baseline().scoreMean());
  }

  @Test
  void returnsTheBestSoFarWhenTheBudgetIsSpent() {
    RuleModel model = model(byDemos(0.4, 0.1));
    Context context = Contexts.of(model).toBuilder().budget(Budget.ofCalls(130)).build();

    var optimized = context.call(() -> SMALL.compile(task()));

    assertThat(optimized.report().finishReason()).isEqualTo(FinishReason.BUDGET_SPENT);
    assertThat(optimized.report().candidates().get(0).score()).isPresent();
    assertThat(model.seen()).hasSizeLessThanOrEqualTo(130);
  }

  @Test
  void saysWhyTheBaselineCannotBeScored() {
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          throw new IllegalStateException("no label");
        };

    assertThatThrownBy(
            () ->
                Contexts.of(model(p -> 1))
                    .call(
                        () ->
                            BootstrapFewShotWithRandomSearch.defaults()
                                .compile(new Tickets.Router(), trainset, broken)))
        .hasMessageContaining("no label");
  }
}
