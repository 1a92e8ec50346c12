package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.copro.CoproReport;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.knn.KnnFewShot;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.randomsearch.BootstrapRandomSearchReport;
import dev.hone.optimize.task.ReportWording;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReportsOfOptimizersTest {
  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");
  private final Tickets.Router student = new Tickets.Router();

  private final RuleModel model =
      RuleModel.of(
          ProposerRules.withInstruction(p -> "Draft " + p.options().rolloutId()),
          Tickets.rules(p -> 0.5));

  /** Fails on the tickets of 2 numbers. */
  private static Metric<Ticket, Route> broken() {
    return (example, actual, context) -> {
      if (Tickets.number(example.input().text()) % 100 < 2) {
        throw new IllegalStateException("label missing");
      }
      return Score.of(actual.equals(example.expected()) ? 1 : 0);
    };
  }

  private BootstrapRandomSearchReport search(
      Dataset<Ticket, Route> valset, Metric<Ticket, Route> metric) {
    var optimizer = BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2);

    return Contexts.of(model)
        .call(
            () ->
                optimizer.compile(
                    OptimizationTask.of(student, trainset, metric).withValset(valset)))
        .report();
  }

  private CoproReport copro(Dataset<Ticket, Route> examples, Metric<Ticket, Route> metric) {
    Copro optimizer = Copro.defaults().breadth(3).depth(1);
    return Contexts.of(model).call(() -> optimizer.compile(student, examples, metric)).report();
  }

  @Test
  void aRandomSearchSaysWhichExamplesHaveNoScoreAndWhy() {
    BootstrapRandomSearchReport report = search(Tickets.data(100, 130, "quartz"), broken());

    assertThat(report.notes())
        .anyMatch(
            p ->
                p.startsWith("The candidates as given, labels")
                    && p.contains(": no score on 2 of 30 examples; the first: the metric failed: ")
                    && p.contains("label missing"));
    assertThat(report.toString())
        .contains("28 examples")
        .contains("completed, ")
        .doesNotContain("COMPLETED")
        .contains("note: The candidates as given, ")
        .containsOnlyOnce("no score on 2 of 30 examples");
  }

  @Test
  void aRandomSearchSaysThatThereAreFewExamplesToChooseBy() {
    assertThat(search(Tickets.data(100, 105, "quartz"), Tickets.metric()).notes())
        .anyMatch(p -> p.startsWith("There are only 5 validation examples to choose by"));
  }

  @Test
  void coproSaysWhichExamplesHaveNoScoreAndWhyAndGroupsWhatIsEqual() {
    CoproReport report = copro(trainset, broken());

    assertThat(report.notes())
        .anyMatch(
            p -> p.startsWith("The program as given: no score on 2 of 30 examples; the first"))
        .anyMatch(
            p ->
                p.startsWith("An instruction for route: no score on 2") && p.endsWith("(2 times)"));
    assertThat(report.toString()).contains("note: ").contains(", completed, ");
  }

  @Test
  void coproSaysThatThereAreFewExamplesToChooseBy() {
    assertThat(copro(trainset.first(5), Tickets.metric()).notes())
        .anyMatch(p -> p.startsWith("There are only 5 training examples to choose by"));
  }

  @Test
  void countsInWords() {
    assertThat(ReportWording.of(FinishReason.BUDGET_SPENT)).isEqualTo("budget spent");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without NullAway may do
  void namesAnArgumentThatIsNull() {
    Metric<Ticket, Route> metric = Tickets.metric();

    refuses("student", () -> OptimizationTask.of(null, trainset, metric));
    refuses("trainset", () -> OptimizationTask.of(student, null, metric));
    refuses("metric", () -> OptimizationTask.of(student, trainset, null));
    refuses("metric", () -> BootstrapFewShot.defaults().compile(student, trainset, null));
    refuses("trainset", () -> KnnFewShot.defaults().compile(student, null, metric));
    refuses("student", () -> LabeledFewShot.defaults().compile(null, trainset));
    refuses(
        "metric",
        () -> Contexts.of(model).call(() -> Copro.defaults().compile(student, trainset, null)));
  }

  private static void refuses(String name, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The " + name + " is null");
  }
}
