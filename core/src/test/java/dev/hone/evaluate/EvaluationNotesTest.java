package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An evaluation that is not what it seems says so. */
class EvaluationNotesTest {
  private static Evaluation<Question, Answer> evaluate(
      FakeModel model, int examples, Metric<Question, Answer> metric) {
    return Numbers.context(model, 2)
        .call(() -> Evaluator.of(Numbers.of(examples), metric).evaluate(Numbers.ECHO));
  }

  private static Metric<Question, Answer> always(double value) {
    return Metric.of((expected, actual) -> value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 0.5, -3, 1e99})
  void aMetricThatScoresEverythingAlikeIsNoted(double value) {
    assertThat(evaluate(Numbers.echo(), 5, always(value)).notes())
        .singleElement()
        .asString()
        .startsWith("All 5 examples that have a score have the same one, ")
        .contains(value == 0 ? "with an output that is right" : "with an output that is wrong");
  }

  @Test
  void aFewEqualScoresOrOneThatDiffersAreNotNoted() {
    assertThat(evaluate(Numbers.echo(), 4, always(1)).notes()).isEmpty();
    assertThat(
            evaluate(Numbers.echo(), 50, Metric.of((e, actual) -> actual.copy() == 49 ? 0.9 : 1))
                .notes())
        .isEmpty();
  }

  @Test
  void aFailureScoreThatDiffersTellsApart() {
    FakeModel model = Numbers.saying(number -> number == 7 ? "hmm" : Numbers.answer(number));

    assertThat(evaluate(model, 20, Numbers.EXACT).notes()).isEmpty();
    assertThat(evaluate(model, 20, always(0)).notes()).hasSize(1);
  }

  /** Gives another first reply to some numbers, and the answer to each repair turn. */
  private static FakeModel firstReply(int every, IntFunction<LmResponse> first) {
    ConcurrentMap<Integer, Boolean> asked = new ConcurrentHashMap<>();
    return FakeModel.responding(
        request -> {
          int number = Numbers.asked(request);
          boolean isFirst = asked.putIfAbsent(number, true) == null;
          return isFirst && number % every == 0
              ? first.apply(number)
              : FakeModel.reply(Numbers.answer(number));
        });
  }

  private static final LmResponse THOUGHTS =
      LmResponse.builder().reasoning("hmm, let me see").usage(LmUsage.of(1, 1)).build();
  private static final LmResponse CUT_OFF =
      FakeModel.reply("Let me first").toBuilder().stopReason(LmResponse.StopReason.LENGTH).build();

  private static final Metric<Question, Answer> ODD =
      Metric.of((expected, actual) -> actual.copy() % 2);

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            10, THOUGHTS, "On 2 of 20 examples a reply held only thoughts, and no answer."),
        Arguments.of(
            10,
            CUT_OFF,
            "On 2 of 20 examples a reply was cut off by the limit on tokens. Maybe raise"),
        Arguments.of(
            5,
            FakeModel.reply("hmm"),
            "On 4 of 20 examples a first reply could not be read; each repair"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatHappenedToRepliesIsNotedWithACount(int every, LmResponse first, String note) {
    Evaluation<Question, Answer> evaluation = evaluate(firstReply(every, number -> first), 20, ODD);

    assertThat(evaluation.score()).isEqualTo(0.5);
    assertThat(evaluation.notes()).singleElement().asString().startsWith(note).contains("Maybe ");
    assertThat(evaluation.toString().lines()).anyMatch(line -> line.startsWith("note: " + note));
    assertThat(evaluation.table(1).lines()).anyMatch(line -> line.startsWith("note: " + note));
  }

  @Test
  void whatHappenedToRepliesOfAJudgeIsSaidOfTheJudge() {
    Metric<Question, Answer> judge =
        Metric.judge(
            Numbers.ECHO.on(firstReply(10, number -> CUT_OFF)),
            (example, output) -> example.input(),
            verdict -> verdict.copy() % 2);

    assertThat(evaluate(Numbers.echo(), 20, judge).notes())
        .containsExactly(
            "On 2 of 20 examples a reply of the judge was cut off by the limit on tokens. Maybe raise maxTokens.");
    assertThat(evaluate(firstReply(5, number -> CUT_OFF), 20, judge).notes())
        .anyMatch(note -> note.startsWith("On 4 of 20 examples a reply was cut off"));
  }

  @Test
  void strayRepairsAreNotNoted() {
    FakeModel stray = firstReply(10, number -> FakeModel.reply("hmm"));

    assertThat(evaluate(stray, 20, ODD).notes()).isEmpty();
  }

  @Test
  void anEvaluationOfResultsOfSeveralOnesKeepsWhatIsKnownOfTheirCalls() {
    Evaluation<Question, Answer> first = evaluate(firstReply(10, n -> CUT_OFF), 20, ODD);
    Evaluation<Question, Answer> second = evaluate(Numbers.echo(), 20, ODD);

    Evaluation<Question, Answer> both =
        Evaluation.of(
            Stream.concat(first.results().stream(), second.results().stream()).toList(), 0);

    assertThat(both.notes())
        .containsExactly(
            "On 2 of 40 examples a reply was cut off by the limit on tokens. Maybe raise maxTokens.");
  }

  @Test
  void anEvaluationOfNothingHasNoScoreAndNoNotes() {
    Evaluation<Question, Answer> none = Evaluation.of(java.util.List.of(), 0);

    assertThat(none.hasScore()).isFalse();
    assertThat(none.notes()).isEmpty();
    assertThat(org.assertj.core.api.Assertions.catchThrowable(none::score))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessage("There are no results");
  }
}
