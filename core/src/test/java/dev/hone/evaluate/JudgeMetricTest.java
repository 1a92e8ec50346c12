package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.metric.JudgeMetric;
import dev.hone.metric.JudgeSpread;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Predict;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge is a program like any other; as a metric, what it does and fails at is its own. */
class JudgeMetricTest {
  private record Asked(int number, int copy) {}

  private record Grade(int points, String reason) {}

  private static final Predict<Asked, Grade> GRADER =
      Predict.of(Asked.class, Grade.class, "Grade the copy.");

  private static JudgeMetric<Question, Answer, Grade> judgedBy(FakeModel model) {
    return Metric.<Question, Answer, Asked, Grade>judge(
        GRADER.on(model),
        (example, output) -> new Asked(example.input().number(), output.copy()),
        grade -> grade.points() / 10.0);
  }

  /** A grader that gives points to a number, and its reason with them. */
  private static FakeModel grading(ToIntFunction<LmRequest> points) {
    return FakeModel.answering(
        request -> {
          int given = points.applyAsInt(request);
          return FakeModel.chat("points", String.valueOf(given), "reason", "worth " + given);
        });
  }

  private static FakeModel refusingOn(int number) {
    return grading(
        request -> {
          if (Numbers.asked(request) == number) {
            throw new LmException.ContentRefused("not for this judge", null);
          }
          return 10;
        });
  }

  /** Wavers on odd numbers: one of five verdicts, that of the rollout id 3, is worse. */
  private static int wavering(LmRequest request) {
    boolean low = Numbers.asked(request) % 2 == 1 && request.options().rolloutId() == 3;
    return low ? 5 : 10;
  }

  private static Evaluation<Question, Answer> evaluate(Metric<Question, Answer> metric, int size) {
    return Numbers.echo()
        .context()
        .call(() -> Evaluator.of(Numbers.of(size), metric).evaluate(Numbers.ECHO));
  }

  @Test
  void aFeedbackThatIsNullIsNamed() {
    Metric<Question, Answer> metric = judgedBy(grading(request -> 5)).feedback(grade -> null);

    assertThatThrownBy(() -> evaluate(metric, 4))
        .hasMessageContainingAll("The feedback of the metric \"judge\" is null", "empty text");
  }

  @Test
  void theVerdictOfAProgramIsTheScoreAndItsWordsAreTheFeedback() {
    Metric<Question, Answer> metric =
        judgedBy(grading(request -> Numbers.asked(request))).feedback(Grade::reason);

    Evaluation<Question, Answer> evaluation = evaluate(metric, 4);

    assertThat(evaluation.score()).isCloseTo(0.15, within(1e-12));
    assertThat(evaluation.results().get(3).outcome()).asString().contains("Score[0.3, worth 3]");
  }

  @Test
  void aVerdictThatPassesCountsOne() {
    Metric<Question, Answer> metric =
        Metric.judgeBoolean(
            GRADER.on(grading(request -> Numbers.asked(request))),
            (example, output) -> new Asked(example.input().number(), output.copy()),
            grade -> grade.points() >= 1);

    assertThat(evaluate(metric, 4).score()).isEqualTo(0.75);
  }

  @Test
  void aJudgesRefusalIsNeverTheProgramsZero() {
    Evaluation<Question, Answer> evaluation = evaluate(judgedBy(refusingOn(2)), 4);

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.scores().get(2)).isEmpty();
    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isZero();
    assertThat(evaluation.judgeFailures()).isEqualTo(1);
    assertThat(evaluation).asString().contains("failed on 1 of 4 examples");
  }

  @Test
  void aProgramThatFailsAndAMetricWithoutAModelAreNoJudgesFailures() {
    Metric<Question, Answer> broken =
        (example, output, run) -> {
          if (output.copy() == 1) {
            throw new IllegalStateException("a bug");
          }
          return Score.of(1);
        };
    FakeModel failing =
        Numbers.saying(number -> number == 2 ? "I cannot." : Numbers.answer(number));

    Evaluation<Question, Answer> evaluation =
        failing.context().call(() -> Evaluator.of(Numbers.of(4), broken).evaluate(Numbers.ECHO));

    assertThat(evaluation.count(Outcome.MetricFailed.class)).isEqualTo(1);
    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isEqualTo(1);
    assertThat(evaluation.judgeFailures()).isZero();
    assertThat(evaluation.toString()).doesNotContain("judge:");
  }

  @Test
  void aJudgeThatIsAwayIsItsFailureToo() {
    FakeModel away =
        grading(
            request -> {
              if (Numbers.asked(request) == 0) {
                throw new LmException.InvalidRequest("no such judge", null);
              }
              return 10;
            });

    Evaluation<Question, Answer> evaluation = evaluate(judgedBy(away), 3);

    assertThat(evaluation.count(Outcome.LmUnavailable.class)).isEqualTo(1);
    assertThat(evaluation.judgeFailures()).isEqualTo(1);
    assertThat(evaluation.score()).isEqualTo(1);
  }

  @Test
  void theJudgesCallsAreCountedApartFromTheProgramsAndInTheSumOfBoth() {
    FakeModel judge = grading(request -> 10);

    Evaluation<Question, Answer> evaluation = evaluate(judgedBy(judge).repeat(3), 4);

    assertThat(judge.calls()).isEqualTo(12);
    assertThat(evaluation.judgeSpend().lmCalls()).isEqualTo(12);
    assertThat(evaluation.judgeSpend().usage().totalTokens()).isEqualTo(12 * 15);
    assertThat(evaluation.spend().lmCalls()).isEqualTo(4 + 12);
    assertThat(evaluation.results().get(0).judgeSpend().lmCalls()).isEqualTo(3);
    assertThat(evaluation).asString().contains("judge: 12 model calls, 0 cached, 180 tokens");
  }

  @Test
  void repeatedVerdictsAreCallsOfTheirOwnThoughThereIsACache() {
    FakeModel judge = grading(request -> 10);
    JudgeMetric<Question, Answer, Grade> metric = judgedBy(judge);

    evaluate(metric.repeat(5), 1);

    assertThat(judge.requests())
        .extracting(request -> request.options().rolloutId())
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);

    Evaluation<Question, Answer> again = evaluate(metric.repeat(5), 1);
    assertThat(judge.calls()).as("the same verdicts, now from the cache").isEqualTo(5);
    assertThat(again.judgeSpend().cachedCalls()).isEqualTo(5);

    evaluate(metric.repeat(5, 6), 1);
    assertThat(judge.calls()).as("other rollout ids, other verdicts").isEqualTo(10);

    evaluate(metric, 1);
    evaluate(metric.repeat(1), 1);
    assertThat(judge.calls()).as("a single verdict has none").isEqualTo(11);
  }

  @Test
  void rolloutIdsOfRepetitionsWinOverThatOfTheJudgesModel() {
    FakeModel judge = grading(request -> 10);
    Metric<Question, Answer> metric =
        Metric.<Question, Answer, Asked, Grade>judge(
                GRADER.on(judge.withOptions(o -> o.rolloutId(2).temperature(0.5))),
                (example, output) -> new Asked(example.input().number(), output.copy()),
                Grade::points)
            .repeat(3);

    evaluate(metric, 1);

    assertThat(judge.requests())
        .extracting(request -> request.options().rolloutId())
        .containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(judge.requests())
        .allSatisfy(request -> assertThat(request.options().temperature()).isEqualTo(0.5));
  }

  @Test
  void theDrawOfAnOptimizerReachesNoRepeatedVerdict() {
    FakeModel judge = grading(request -> 10);
    Context drawn =
        Numbers.echo()
            .context()
            .withDraw(LmOptions.defaults().withTemperature(1.0).withRolloutId(77));

    drawn.run(() -> Evaluator.of(Numbers.of(1), judgedBy(judge).repeat(2)).evaluate(Numbers.ECHO));

    assertThat(judge.requests())
        .allSatisfy(
            request -> {
              assertThat(request.options().temperature()).isNull();
              assertThat(request.options().rolloutId()).isLessThan(3);
            });
  }

  @Test
  void theSpreadOfVerdictsIsShownPerExampleAndOverTheEvaluation() {
    Metric<Question, Answer> metric =
        judgedBy(grading(JudgeMetricTest::wavering)).repeat(5).feedback(Grade::reason);

    Evaluation<Question, Answer> evaluation = evaluate(metric, 4);

    // Verdicts 1, 1, 0.5, 1, 1: mean 0.9, variance 0.2 / 4 = 0.05, standard error sqrt(0.05 / 5).
    Outcome.Scored<Answer> odd = (Outcome.Scored<Answer>) evaluation.results().get(1).outcome();
    assertThat(odd.score().value()).isCloseTo(0.9, within(1e-12));
    assertThat(odd.score().feedback()).as("that of most").isEqualTo("worth 10");
    JudgeSpread one = odd.score().spread().orElseThrow();
    assertThat(one.flips()).isCloseTo(0.2, within(1e-12));
    assertThat(one.standardError()).isCloseTo(0.1, within(1e-12));
    JudgeSpread all = evaluation.judgeSpread().orElseThrow();
    assertThat(all.verdicts()).isEqualTo(5);
    assertThat(all.examples()).isEqualTo(4);
    assertThat(all.flippedExamples()).isEqualTo(2);
    assertThat(all.flips()).isCloseTo(0.1, within(1e-12));
    assertThat(all.standardError()).isCloseTo(Math.sqrt(0.02) / 4, within(1e-12));
    assertThat(evaluation)
        .asString()
        .contains("5 verdicts on each output, 10.0 % of them differ from the most frequent one")
        .contains("on 2 of 4 examples; this gives the score a standard error of 0.035");
  }

  @Test
  void theSpreadStaysInAMeanOfMetrics() {
    Metric<Question, Answer> metric =
        Metric.mean(
            Numbers.EXACT, judgedBy(grading(JudgeMetricTest::wavering)).repeat(5).named("grade"));

    Evaluation<Question, Answer> evaluation = evaluate(metric, 2);

    assertThat(evaluation.scoreByPart()).containsKeys("exact", "grade");
    assertThat(evaluation.judgeSpread())
        .hasValueSatisfying(
            spread -> assertThat(spread.standardError()).isCloseTo(0.1 / 2 / 2, within(1e-12)));
  }

  @Test
  void aJudgeThatWasSavedJudgesOnAModelOfItsOwn(@TempDir Path folder) {
    Path file = folder.resolve("judge.json");
    Predict<Asked, Grade> strict =
        Predict.of(Asked.class, Grade.class, "Grade the copy, and be strict.");
    Compiled.of(strict).save(file);
    FakeModel judge = grading(request -> 10);
    Metric<Question, Answer> metric =
        Metric.<Question, Answer, Asked, Grade>judge(
                Compiled.load(GRADER, file).on(judge.withOptions(o -> o.temperature(0.3))),
                (example, output) -> new Asked(example.input().number(), output.copy()),
                grade -> grade.points() / 10.0)
            .repeat(2);

    Evaluation<Question, Answer> evaluation = evaluate(metric, 3);

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.judgeSpend().lmCalls()).isEqualTo(6);
    assertThat(judge.requests())
        .hasSize(6)
        .allSatisfy(
            request -> {
              assertThat(FakeModel.system(request)).contains("be strict");
              assertThat(request.options().temperature()).isEqualTo(0.3);
            });
  }

  @Test
  void aNameBeginsTheFeedback() {
    Metric<Question, Answer> metric =
        judgedBy(grading(request -> 5)).feedback(Grade::reason).named("grade");

    assertThat(evaluate(metric, 1).results().get(0).outcome())
        .asString()
        .contains("grade: worth 5");
  }

  @Test
  void aSingleVerdictHasNoSpread() {
    assertThat(evaluate(judgedBy(grading(request -> 10)), 2).judgeSpread()).isEmpty();
  }

  @Test
  void oneFailedVerdictOfSeveralIsTheJudgesFailure() {
    FakeModel judge =
        grading(
            request -> {
              if (Numbers.asked(request) == 1 && request.options().rolloutId() == 2) {
                throw new LmException.ContentRefused("not again", null);
              }
              return 10;
            });

    Evaluation<Question, Answer> evaluation = evaluate(judgedBy(judge).repeat(3), 3);

    assertThat(evaluation.judgeFailures()).isEqualTo(1);
    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.judgeSpread())
        .hasValueSatisfying(spread -> assertThat(spread.examples()).isEqualTo(2));
  }

  @Test
  void settingsAreCopiesAndAreChecked() {
    JudgeMetric<Question, Answer, Grade> metric = judgedBy(grading(request -> 10));

    assertThat(metric.repeat(5).verdicts()).isEqualTo(5);
    assertThat(metric.verdicts()).isEqualTo(1);
    assertThat(metric.needsLabel()).isFalse();
    assertThat(metric.readingLabel().needsLabel()).isTrue();
    assertThat(metric.named("grade").repeat(2).name()).isEqualTo("grade");
    assertThat(metric.repeat(2))
        .hasToString("JudgeMetric[judge, 2 verdicts, %s]".formatted(metric.judge()));
    assertThatThrownBy(() -> metric.repeat(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("times (0) is less than 1. Maybe raise it to 1.");
    assertThatThrownBy(() -> Metric.judge((Predict<Asked, Grade>) null, (e, o) -> null, g -> 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The judge is null");
  }
}
