package dev.hone.evaluate.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedEvaluationTest {
  private record Question(int number) {}

  private record Answer(int copy) {}

  private static final Metric<Question, Answer> EXACT = Metric.exact(Answer::copy);
  private static final Predict<Question, Answer> ECHO =
      Predict.of(Question.class, Answer.class, "Repeat the number.");
  private static final Dataset<Question, Answer> TEN =
      Dataset.of(
          IntStream.range(0, 10)
              .mapToObj(i -> Example.of(new Question(i), new Answer(i)))
              .toList());

  /** Right on even numbers always, on odd ones in even repetitions only. */
  private static final FakeModel MOODY =
      new FakeModel(
          "moody",
          request -> {
            String text = request.messages().get(request.messages().size() - 1).text();
            int number = Integer.parseInt(text.replaceAll("(?s).*number ## ]]\\s*(\\d+).*", "$1"));
            long rollout = request.options().rolloutId();
            boolean right = number % 2 == 0 || rollout > 0 && rollout % 2 == 0;
            return LmResponse.of(
                FakeModel.chat("copy", String.valueOf(right ? number : -1)),
                LmUsage.of(1, 1),
                "moody");
          });

  @Test
  void givesTheSpreadBetweenRepetitionsAndTheExamplesThatChange() {
    RepeatedEvaluation<Question, Answer> repeated =
        MOODY.context().call(() -> RepeatedEvaluation.of(Evaluator.of(TEN, EXACT), ECHO, 4));

    assertThat(repeated.evaluations().stream().map(e -> e.score()))
        .containsExactly(0.5, 1.0, 0.5, 1.0);
    assertThat(repeated.score()).isEqualTo(0.75);
    assertThat(repeated.spread()).isCloseTo(0.2887, within(0.001));
    assertThat(repeated.unsteadyExamples()).isEqualTo(5);
    assertThat(repeated.interval().contains(0.75)).isTrue();
    assertThat(repeated.toString()).contains("over 4 repetitions", "5 of 10 examples change");
  }

  @Test
  void needsTwoRepetitions() {
    assertThatThrownBy(
            () ->
                MOODY
                    .context()
                    .call(() -> RepeatedEvaluation.of(Evaluator.of(TEN, EXACT), ECHO, 1)))
        .isInstanceOf(InvalidInputException.class);
  }

  private static Compiled<Question, Answer> recorded(double mean, double lower, double upper) {
    return Compiled.of(
        ECHO,
        Predictors.of(ECHO).initialState(),
        Provenance.builder("MiproV2")
            .scores(
                List.of(new MeasuredScore("best on the validation set", mean, lower, upper, 50)))
            .modelIds(Map.of("task", "another"))
            .dataFingerprints(Map.of("valset", TEN.fingerprint()))
            .build());
  }

  @Test
  void verifiesARecordedScoreThatStillHolds() {
    ScoreCheck check = MOODY.context().call(() -> recorded(0.6, 0.4, 0.75).verify(TEN, EXACT));

    assertThat(check.evaluation().score()).isEqualTo(0.5);
    assertThat(check.difference()).isCloseTo(-0.1, within(1e-9));
    assertThat(check.holds()).isTrue();
    assertThat(check.notes())
        .containsExactly(
            "It was made with the model another, and is measured with moody.",
            "These are the examples of its valset.",
            "The recorded score is of the examples that it was chosen by, and a little too high.");
    assertThat(check.toString()).startsWith("Holds: 0.500 now, 0.600 recorded");
  }

  @Test
  void saysThatARecordedScoreDoesNotHoldAnyMore() {
    ScoreCheck check = MOODY.context().call(() -> recorded(0.98, 0.95, 0.99).verify(TEN, EXACT));

    assertThat(check.holds()).isFalse();
    assertThat(check.interval().upper()).isNegative();
    assertThat(check.toString()).startsWith("Lower than recorded");
  }

  @Test
  void cannotVerifyWhatHasNoRecordedScore() {
    assertThatThrownBy(() -> MOODY.context().call(() -> Compiled.of(ECHO).verify(TEN, EXACT)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("No score was recorded");
  }
}
