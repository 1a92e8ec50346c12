package dev.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Score;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.pipeline.LmPipeline;
import dev.hone.report.SupportData.Request;
import dev.hone.report.SupportData.Route;
import dev.hone.report.data.ComparisonEntry;
import dev.hone.report.data.ResultEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.SpendEntry;
import dev.hone.report.data.StageEntry;
import dev.hone.report.data.TrialEntry;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunRecorderTest {
  private final RunRecorder recorder = RunRecorder.named("support");
  private final Context context =
      Context.builder().lm(LmPipeline.of(EmbeddedModel.load())).listener(recorder).build();

  @Test
  void recordsEveryTrialWithWhatWasChosenWhatItScoredAndWhatTheSearchBelieved() {
    RunData run = DemoRun.record().data();

    assertThat(run.trials()).hasSizeGreaterThan(10);
    assertThat(run.trials()).extracting(TrialEntry::number).isSorted().doesNotHaveDuplicates();
    assertThat(run.trials())
        .extracting(TrialEntry::choice)
        .contains("baseline", "random", "guided");
    assertThat(run.trials()).extracting(TrialEntry::callsSoFar).isSorted();
    assertThat(run.trials())
        .allSatisfy(
            trial -> {
              assertThat(trial.choices()).containsOnlyKeys("self.instructions", "self.demos");
              assertThat(Objects.requireNonNull(trial.score()).examples()).isPositive();
              assertThat(Objects.requireNonNull(trial.leader()).choices()).isNotEmpty();
            });
    long searched = run.trials().stream().map(TrialEntry::spend).mapToLong(SpendEntry::calls).sum();
    assertThat(run.cost().byStage().get("search").calls()).isEqualTo(searched);
  }

  @Test
  void itsCostsByStageAndByModelAddUpToAll() {
    RunData run = DemoRun.record().data();

    assertThat(sum(run.cost().byStage().values())).isEqualTo(run.cost().total().calls());
    assertThat(sum(run.cost().byModel().values())).isEqualTo(run.cost().total().calls());
    assertThat(run.cost().byStage().keySet())
        .containsExactly(
            "measure before", "bootstrap", "ground", "propose", "search", "measure after");
    assertThat(run.stages()).extracting(StageEntry::seconds).doesNotContainNull();
    assertThat(run.cost().byStage().get("measure before").seconds()).isPositive();
  }

  @Test
  void comparesBeforeAndAfterRowByRow() {
    ComparisonEntry comparison = Objects.requireNonNull(DemoRun.record().data().comparison());

    assertThat(comparison.part()).isEqualTo("test");
    assertThat(comparison.rows()).hasSize(SupportData.testset().size());
    assertThat(comparison.rows().get(0).input()).startsWith("{\"message\":");
    var gain = Objects.requireNonNull(comparison.gain());
    assertThat(gain.better() + gain.worse() + gain.equal()).isEqualTo(SupportData.testset().size());
    assertThat(comparison.confusions())
        .singleElement()
        .satisfies(
            confusion -> {
              assertThat(confusion.field()).isEqualTo("intent");
              assertThat(confusion.labels()).hasSize(8);
              assertThat(confusion.after().stream().flatMap(r -> r.stream()).mapToInt(i -> i).sum())
                  .isEqualTo(SupportData.testset().size());
            });
  }

  @Test
  void keepsWhatWasFoundBesideWhatWasGiven() {
    ResultEntry result = Objects.requireNonNull(DemoRun.record().data().result());

    assertThat(result.prompts())
        .singleElement()
        .satisfies(
            prompt -> {
              assertThat(prompt.before()).isEqualTo("Route the customer's message.");
              assertThat(prompt.after()).isNotEqualTo(prompt.before());
              assertThat(prompt.demosBefore()).isEmpty();
              assertThat(prompt.demosAfter()).isNotEmpty();
            });
    assertThat(result.chosen()).containsKeys("self.instructions", "self.demos");
    assertThat(DemoRun.record().data().candidates().instructions().get("self")).hasSize(3);
    assertThat(DemoRun.record().data().provenance().settings()).containsKey("search");
    assertThat(DemoRun.record().data().provenance().data()).isNotEmpty();
  }

  @Test
  void recordsTheCandidatesOfOtherOptimizers() {
    var found =
        context.call(
            () ->
                BootstrapFewShotWithRandomSearch.defaults()
                    .candidatePrograms(2)
                    .seed(1)
                    .compile(
                        SupportData.program(),
                        SupportData.trainset().first(24),
                        SupportData.METRIC));

    RunData run = recorder.found(found).finished().record().data();

    assertThat(run.head().optimizer()).isNotEmpty();
    assertThat(run.trials()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(run.trials()).extracting(TrialEntry::label).doesNotContain("");
    assertThat(Objects.requireNonNull(run.trials().get(1).leader()).score())
        .isGreaterThanOrEqualTo(Objects.requireNonNull(run.trials().get(0).score()).mean());
    assertThat(HtmlReport.of(recorder.record()).html()).contains("How it searched");
  }

  @Test
  void anOptimizerThatEvaluatesNothingHasAReportToo() {
    var found =
        context.call(
            () ->
                LabeledFewShot.defaults()
                    .compile(SupportData.program(), SupportData.trainset(), SupportData.METRIC));

    RunRecord record = recorder.found(found).finished().record();

    assertThat(record.data().trials()).isEmpty();
    assertThat(HtmlReport.of(record).html())
        .contains("<strong>Done.</strong>")
        .contains("The prompt, before and after");
  }

  @Test
  void failuresAreCountedByKindAndTellNoSecret() {
    AtomicInteger calls = new AtomicInteger();
    Evaluation<Request, Route> evaluation =
        context.call(
            () ->
                Evaluator.of(
                        SupportData.testset().first(6),
                        (example, output, trace) -> {
                          if (calls.incrementAndGet() % 2 == 0) {
                            throw new IllegalStateException("api_key=sk-abcdefghijklmnop is wrong");
                          }
                          return Score.of(1);
                        })
                    .evaluate(SupportData.program()));

    RunRecord record = recorder.before("test", evaluation).finished().record();

    assertThat(record.data().failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo("metric");
              assertThat(failure.error()).isEqualTo("IllegalStateException");
              assertThat(failure.count()).isEqualTo(3);
            });
    assertThat(record.json()).doesNotContain("sk-abcdefghijklmnop").contains("[hidden]");
    assertThat(HtmlReport.of(record).html()).contains("<strong>Measured.</strong>");
  }

  @Test
  void keepsNumbersAndScoresOnlyWhereTextsAreHidden() {
    Evaluation<Request, Route> evaluation =
        context.call(
            () ->
                Evaluator.of(SupportData.testset().first(20), SupportData.METRIC)
                    .evaluate(SupportData.program()));
    String text = SupportData.testset().get(0).input().message();

    assertThat(recorder.before("test", evaluation).record().json()).contains(text);
    RunRecord hidden = recorder.withoutTexts().record();

    assertThat(hidden.json()).doesNotContain(text);
    assertThat(HtmlReport.of(hidden).html()).doesNotContain(text).contains("Row 1<");
    ComparisonEntry kept = Objects.requireNonNull(hidden.data().comparison());
    assertThat(kept.rows()).hasSize(20);
    assertThat(kept.hasTexts()).isFalse();
    assertThat(Objects.requireNonNull(kept.rows().get(0).before()).score()).isNotNull();
  }

  @Test
  void theFirstEndCounts() {
    recorder.stopped("Stopped by Ctrl-C.").finished().failed(new IllegalStateException("late"));

    assertThat(recorder.record().data().head().status()).isEqualTo("stopped");
    assertThat(HtmlReport.of(recorder.record()).html()).contains("Stopped by Ctrl-C.");
  }

  private static long sum(Iterable<SpendEntry> spends) {
    long sum = 0;
    for (SpendEntry spend : spends) {
      sum += spend.calls();
    }
    return sum;
  }
}
