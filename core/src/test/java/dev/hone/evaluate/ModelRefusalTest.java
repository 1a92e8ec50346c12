package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A prompt that the model refuses is the program's failure; any other missing reply is not. */
class ModelRefusalTest {
  static Stream<Supplier<LmException>> refusals() {
    return Stream.of(
        () -> new LmException.ContextWindowExceeded("too long", null),
        () -> new LmException.ContentRefused("filter", null));
  }

  static Stream<Supplier<LmException>> absences() {
    return Stream.of(
        () -> new LmException.Unavailable("down", null, null),
        () -> new LmException.InvalidRequest("what", null),
        () -> new LmException.ProviderFailed("bug", null));
  }

  private static Evaluation<Question, Answer> evaluate(Supplier<LmException> fault) {
    FakeModel model =
        Numbers.saying(
            number -> {
              if (number == 1) {
                throw fault.get();
              }
              return Numbers.answer(number);
            });
    return Numbers.context(model, 2)
        .call(() -> Evaluator.of(Numbers.of(4), Numbers.EXACT).evaluate(Numbers.ECHO));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aPromptThatTheModelRefusesCountsAsTheProgramsFailure(Supplier<LmException> refusal) {
    Evaluation<Question, Answer> evaluation = evaluate(refusal);

    assertThat(evaluation.score()).isEqualTo(0.75);
    assertThat(evaluation.scores()).allMatch(score -> score.isPresent());
    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isEqualTo(1);
    assertThat(evaluation.count(Outcome.LmUnavailable.class)).isZero();
    assertThat(evaluation).asString().contains("on 4 examples, 1 program failed, 4 model calls");
  }

  @ParameterizedTest
  @MethodSource("absences")
  void aModelThatGivesNoReplyIsLeftOut(Supplier<LmException> absence) {
    Evaluation<Question, Answer> evaluation = evaluate(absence);

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isZero();
    assertThat(evaluation).asString().contains("on 3 of 4 examples, 1 model unavailable");
  }

  @Test
  void aProgramThatReturnsNullHasFailed() {
    Evaluation<Question, Answer> evaluation =
        Evaluator.of(Numbers.of(4), Numbers.EXACT)
            .evaluate(input -> input.number() == 1 ? null : new Answer(input.number()));

    assertThat(evaluation.score()).isEqualTo(0.75);
    assertThat(evaluation).asString().contains("The program returned null");
  }
}
