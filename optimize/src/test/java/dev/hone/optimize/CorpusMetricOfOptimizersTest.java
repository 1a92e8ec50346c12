package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluator;
import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The other optimizers by numbers of a whole set. */
class CorpusMetricOfOptimizersTest {
  private static final Dataset<Ticket, Route> TRAINSET = Tickets.data(0, 40, "quartz");
  private static final Dataset<Ticket, Route> VALSET = Tickets.data(40, 80, "quartz");
  private static final CorpusMetric<Ticket, Route> RED = CorpusMetric.recallOf(Route::label, "red");

  /** Red is said by drafts and where demos are shown, and then too often. */
  private static Map<String, String> answer(SeenPrompt prompt) {
    String label = Tickets.label(Tickets.number(prompt.input("text")));
    if (prompt.instructions().contains(Tickets.ORIGINAL) && prompt.demos().isEmpty()) {
      return Map.of("label", label.equals("red") ? "blue" : label);
    }
    return Map.of("label", Tickets.difficulty(prompt.input("text")) < 0.3 ? label : "red");
  }

  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, CorpusMetricOfOptimizersTest::answer);

  private <R extends OptimizationReport> Optimized<Ticket, Route, R> compile(
      Optimizer<R> optimizer, Metric<Ticket, Route> metric) {
    return Contexts.of(model)
        .call(() -> optimizer.compile(new Tickets.Router(), TRAINSET, VALSET, metric));
  }

  @Test
  void coproClimbsByTheValueAndKeepsToAConstraint() {
    Copro copro = Copro.defaults().breadth(3).depth(2);

    OptimizationReport byValue = compile(copro, RED).report();
    OptimizationReport constrained =
        compile(copro, Tickets.metric().subjectTo(Constraint.atLeast("red", RED, 0.6))).report();
    OptimizationReport impossible =
        compile(copro, Tickets.metric().subjectTo(Constraint.atLeast("red", RED, 0.99))).report();

    assertThat(byValue.bestScore().orElseThrow().scoreMean()).isEqualTo(1);
    assertThat(constrained.constraints()).singleElement().matches(Constraint.Check::met);
    assertThat(impossible.constraints()).singleElement().matches(check -> !check.met());
    assertThat(impossible.notes()).anyMatch(note -> note.startsWith("Nothing that was evaluated"));
  }

  @Test
  void randomSearchChoosesByTheValueAndKeepsToAConstraint() {
    BootstrapFewShotWithRandomSearch search =
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(3).maxBootstrappedDemos(2);

    var byValue = compile(search, RED);
    OptimizationReport constrained =
        compile(search, Tickets.metric().subjectTo(Constraint.atLeast("red", RED, 0.6))).report();

    assertThat(byValue.report().bestScore().orElseThrow().scoreMean())
        .isEqualTo(1)
        .isEqualTo(
            Contexts.of(model)
                .call(() -> Evaluator.of(VALSET, RED).evaluate(byValue.compiled()).score()));
    assertThat(constrained.constraints()).singleElement().matches(Constraint.Check::met);
  }

  @Test
  void bootstrappingKeepsWhatTheMetricAccepts() {
    var optimized = compile(BootstrapFewShot.defaults().maxBootstrappedDemos(3), RED);

    assertThat(optimized.compiled().state().of("route").demos())
        .isNotEmpty()
        .noneMatch(demo -> demo.toString().contains("blue") && demo.toString().contains("wrong"));
  }
}
