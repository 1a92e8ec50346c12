package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.program.Program;
import dev.hone.program.UnparsableReplyException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An evaluation without a readable reply stops, and says what the replies have in common. */
class UnreadableRepliesTest {
  private static final String SORRY = "I'm sorry, I can't help with that.";

  private static EvaluationFailedException failure(FakeModel model, int examples, int inFlight) {
    return catchThrowableOfType(
        EvaluationFailedException.class,
        () ->
            Numbers.context(model, inFlight)
                .run(
                    () ->
                        Evaluator.of(Numbers.of(examples), Numbers.EXACT).evaluate(Numbers.ECHO)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void stopsWithinTwentyExamplesAndWhatIsInFlight(int inFlight) {
    FakeModel model = FakeModel.saying(SORRY);

    EvaluationFailedException failure = failure(model, 1_000, inFlight);

    assertThat(failure)
        .hasMessageStartingWith(
            "None of the first 20 examples has a readable reply. All replies are \""
                + SORRY
                + "\".")
        .hasMessageContaining("Maybe ")
        .hasCauseInstanceOf(UnparsableReplyException.class);
    assertThat(failure.results()).hasSizeBetween(20, 20 + inFlight);
    assertThat(model.calls()).isBetween(60, 3 * (20 + 2 * inFlight));
  }

  static Stream<Arguments> replies() {
    IntFunction<LmResponse> cutOff =
        number ->
            FakeModel.reply("Let me think about it at length, and about " + number).toBuilder()
                .stopReason(LmResponse.StopReason.LENGTH)
                .build();
    IntFunction<LmResponse> thoughts =
        number ->
            LmResponse.builder().reasoning("I think of " + number).usage(LmUsage.of(1, 1)).build();
    IntFunction<LmResponse> prefixed =
        number -> FakeModel.reply("As a careful assistant I decline number " + number + ".");
    IntFunction<LmResponse> various = number -> FakeModel.reply((char) ('a' + number) + "?");
    IntFunction<LmResponse> empty = number -> FakeModel.reply("");
    IntFunction<LmResponse> huge =
        number -> FakeModel.reply((char) ('a' + number) + "! ".repeat(20_000));
    return Stream.of(
        Arguments.of(
            cutOff,
            "All replies begin with \"Let me think about it at length, and about\"",
            "cut off by the limit on tokens. Maybe raise maxTokens"),
        Arguments.of(thoughts, "All replies are empty.", "only thoughts came back"),
        Arguments.of(
            prefixed,
            "All replies begin with \"As a careful assistant I decline number\"",
            "Maybe"),
        Arguments.of(various, "The first reply: \"a?\"", "What is wrong with the first:"),
        Arguments.of(empty, "All replies are empty.", "Maybe"),
        Arguments.of(huge, "The first reply: \"a! !", "Maybe"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void saysWhatTheRepliesHaveInCommonAndWhatMayHelp(
      IntFunction<LmResponse> reply, String common, String advice) {
    FakeModel model = FakeModel.responding(request -> reply.apply(Numbers.asked(request)));

    assertThat(failure(model, 60, 1))
        .hasMessageContaining(common)
        .hasMessageContaining(advice)
        .extracting(e -> e.getMessage().length())
        .satisfies(length -> assertThat(length).isLessThan(1_500));
  }

  @Test
  void aFilterThatRefusesEveryPromptStopsItToo() {
    FakeModel refusing =
        Numbers.saying(
            number -> {
              throw new LmException.ContentRefused("blocked by policy", null);
            });

    assertThat(failure(refusing, 500, 1))
        .hasMessage(
            "None of the first 20 examples has an output: 20 program failed. All problems are \"the"
                + " program failed: blocked by policy\".");
    assertThat(refusing.calls()).isEqualTo(20);
  }

  @Test
  void aModelThatIsAwayStopsItToo() {
    FakeModel away =
        Numbers.saying(
            number -> {
              throw new LmException.Unavailable("connection refused", null, null);
            });

    assertThat(failure(away, 500, 1))
        .hasMessage("The model could not be reached for any of 20 examples: connection refused");
    assertThat(away.calls()).isEqualTo(20);
  }

  @Test
  void faultsOfSeveralKindsAreCounted() {
    FakeModel model =
        Numbers.saying(
            number -> {
              if (number % 4 == 1) {
                throw new LmException.ContentRefused("blocked", null);
              } else if (number % 4 == 2) {
                throw new LmException.Unavailable("down", null, null);
              }
              return SORRY;
            });

    assertThat(failure(model, 500, 1))
        .hasMessageStartingWith(
            "None of the first 20 examples has a readable reply: 15 program failed, 5 model"
                + " unavailable. All replies are");
  }

  @Test
  void aProgramThatThrowsOnEachOfTheFirstTwentyStopsItToo() {
    Program<Question, Answer> broken =
        input -> {
          throw new IllegalStateException("bug");
        };

    assertThatThrownBy(() -> Evaluator.of(Numbers.of(500), Numbers.EXACT).evaluate(broken))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining(
            "All problems are \"the program failed: java.lang.IllegalStateException: bug\"")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 19})
  void goesOnWhenOneOfTheFirstTwentyIsRead(int readable) {
    FakeModel model = Numbers.saying(number -> number == readable ? Numbers.answer(number) : SORRY);

    Evaluation<Question, Answer> evaluation =
        Numbers.context(model, 4)
            .call(() -> Evaluator.of(Numbers.of(50), Numbers.EXACT).evaluate(Numbers.ECHO));

    assertThat(evaluation.score()).isEqualTo(0.02);
    assertThat(evaluation.results()).hasSize(50);
  }

  @Test
  void fewerThanTwentyAreEvaluatedWithANote() {
    Evaluation<Question, Answer> evaluation =
        Numbers.context(FakeModel.saying(SORRY), 4)
            .call(() -> Evaluator.of(Numbers.of(19), Numbers.EXACT).evaluate(Numbers.ECHO));

    assertThat(evaluation.score()).isZero();
    assertThat(evaluation.notes())
        .anySatisfy(
            note -> assertThat(note).startsWith("The program gave no output on any of 19 examples"))
        .anySatisfy(
            note -> assertThat(note).startsWith("On 19 of 19 examples a first reply could not"));
  }

  @Test
  void oneOfTheFirstThatIsSlowHoldsBackTheRest() {
    FakeModel model =
        Numbers.saying(
            number -> {
              if (number == 3) {
                LockSupport.parkNanos(300_000_000);
              }
              return SORRY;
            });

    EvaluationFailedException failure = failure(model, 5_000, 4);

    assertThat(failure.results()).hasSizeBetween(20, 24);
  }

  @Test
  void whoWaitsForTheFirstEndsWithWhatEndsTheEvaluation() {
    FakeModel model =
        Numbers.saying(
            number -> {
              if (number == 3) {
                LockSupport.parkNanos(300_000_000);
                throw new LmException.Unauthorized("expired", null);
              }
              return SORRY;
            });

    assertThatThrownBy(
            () ->
                Numbers.context(model, 4)
                    .run(
                        () ->
                            Evaluator.of(Numbers.of(5_000), Numbers.EXACT).evaluate(Numbers.ECHO)))
        .isInstanceOf(LmException.Unauthorized.class)
        .hasMessage("expired");
  }

  @Test
  void aPartOfARunGoesOn() {
    FakeModel model = FakeModel.saying(SORRY);
    EvaluationEngine<Question, Answer> engine =
        new EvaluationEngine<>(Numbers.ECHO, Numbers.EXACT, EvaluationSettings.defaults());

    Evaluation<Question, Answer> part =
        Numbers.context(model, 4)
            .call(
                () ->
                    engine.evaluatePart(
                        engine.runner().predictors().initialState(), Numbers.of(40).examples()));

    assertThat(part.results()).hasSize(40);
    assertThat(part.count(Outcome.ProgramFailed.class)).isEqualTo(40);
  }
}
