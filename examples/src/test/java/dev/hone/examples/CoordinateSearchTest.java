package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.program.Predict;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A search that is written against the exported packages only. */
class CoordinateSearchTest {
  private static final int EXAMPLES = 60;
  private static final Configuration PLANTED = Configuration.of(3, 5);
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              new Dimension("answer", Dimension.Part.INSTRUCTIONS, 5),
              new Dimension("answer", Dimension.Part.DEMOS, 7)));

  @Test
  void findsAPlantedOptimumThatIsBetterThanTheBaseline() {
    for (long seed = 1; seed <= 20; seed++) {
      SearchRun run = play(40, seed);

      ConfigurationSummary best = run.best().orElseThrow();
      assertThat(best.configuration()).isEqualTo(PLANTED);
      assertThat(best.full()).isTrue();
      double baseline = run.scores().mean(Configuration.of(0, 0)).orElseThrow();
      assertThat(best.scoreMean()).isGreaterThan(baseline + 0.2);
      assertThat(run.summaries().get(0)).isEqualTo(best);
      assertThat(run.finishReason()).isEqualTo(FinishReason.COMPLETED);
    }
  }

  @Test
  void keepsToItsTrials() {
    SearchRun run = play(4, 1);

    assertThat(run.summaries()).hasSize(5);
    assertThat(run.finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
  }

  /** Each dimension has one choice that answers 15 of 60 examples more. */
  private static SearchRun play(int trials, long seed) {
    SearchRun run =
        new CoordinateSearch()
            .start(
                SearchProblem.of(SPACE, Configuration.of(0, 0), EXAMPLES),
                SearchBudget.ofTrials(trials),
                new SplittableRandom(seed));
    for (List<EvaluationRequest> next = run.ask(); !next.isEmpty(); next = run.ask()) {
      run.tell(next.stream().map(CoordinateSearchTest::evaluate).toList());
    }
    return run;
  }

  private static EvaluationScores evaluate(EvaluationRequest request) {
    int answered = 20;
    for (int d = 0; d < SPACE.dimensions().size(); d++) {
      answered += request.configuration().choice(d) == PLANTED.choice(d) ? 15 : 0;
    }
    int good = answered;
    return new EvaluationScores(
        request,
        request.examples().stream().map(i -> OptionalDouble.of(i < good ? 1 : 0)).toList());
  }

  @Test
  void drivesMiproV2LikeOneOfHonesSearches() {
    Context context = Context.builder().lm(EmbeddedModel.load()).build();

    MiproV2Report report = context.call(() -> optimizer(1).compile(task()).report());

    assertThat(report.plan().search()).isEqualTo("coordinate");
    assertThat(report.best().scoreMean()).isGreaterThan(report.baseline().scoreMean() + 0.1);
    assertThat(report.trials()).hasSize(1 + report.plan().trials());
    long runs = report.trials().stream().mapToLong(t -> t.request().examples().size()).sum();
    assertThat(runs).isLessThanOrEqualTo(report.plan().maxProgramRuns());
  }

  @Test
  void isRefusedForSeveralRoundsOfProposalsBeforeTheFirstCall() {
    assertThatThrownBy(() -> optimizer(2).plan(task()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "proposalRounds is 2, but the search \"coordinate\" takes no candidates during a run."
                + " Maybe set proposalRounds to 1, or use Search.racing().");
  }

  private static MiproV2 optimizer(int proposalRounds) {
    return MiproV2.light().seed(1).proposalRounds(proposalRounds).search(new CoordinateSearch());
  }

  private static OptimizationTask<ModerationTask.Snippet, ModerationTask.Verdict> task() {
    Path data = Path.of("src/main/resources/dev/hone/examples/moderation/train.jsonl");
    Predict<ModerationTask.Snippet, ModerationTask.Verdict> classify =
        Predict.of(
            ModerationTask.Snippet.class,
            ModerationTask.Verdict.class,
            "Classify the snippet for moderation.");
    return OptimizationTask.of(
        classify,
        Dataset.ofJsonl(data, classify.signature()),
        Metric.exact(ModerationTask.Verdict::severity));
  }
}
