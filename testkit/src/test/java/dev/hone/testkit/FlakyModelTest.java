package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlakyModelTest extends LanguageModelContract {
  private static final ScriptedModel SOUND = ScriptedModel.answering(request -> "ok");

  @Override
  protected LanguageModel model() {
    return FlakyModel.failingFirst(0, SOUND, FlakyModelTest::down);
  }

  private static LmException down() {
    return new LmException.Unavailable("down", null, null);
  }

  private static LmRequest question(int number) {
    return LmRequest.of(LmMessage.user("question " + number));
  }

  /** Which of 1,000 questions fail. */
  private static BitSet failing(FlakyModel model, IntStream questions) {
    BitSet failing = new BitSet();
    questions.forEach(
        number -> {
          try {
            model.call(question(number));
          } catch (LmException.Unavailable e) {
            failing.set(number);
          }
        });
    return failing;
  }

  @Test
  void failsAtTheFirstAttemptsOfEveryRequest() {
    FlakyModel model = FlakyModel.failingFirst(2, SOUND, FlakyModelTest::down);

    for (int number = 0; number < 3; number++) {
      LmRequest request = question(number);
      assertThatThrownBy(() -> model.call(request)).isInstanceOf(LmException.Unavailable.class);
      assertThatThrownBy(() -> model.call(request)).isInstanceOf(LmException.Unavailable.class);
      assertThat(model.call(request).text()).isEqualTo("ok");
    }
    assertThat(model.calls()).isEqualTo(9);
    assertThat(model.failures()).isEqualTo(6);
  }

  @Test
  void failsAtAShareOfAttempts() {
    FlakyModel model = FlakyModel.failingShare(0.3, 42, SOUND, FlakyModelTest::down);

    assertThat(failing(model, IntStream.range(0, 1_000)).cardinality()).isBetween(250, 350);
    assertThat(failing(model, IntStream.range(0, 1_000)).cardinality()).isBetween(250, 350);
  }

  @Test
  void failsAtTheSameOnesInAnyOrder() {
    FlakyModel forwards = FlakyModel.failingShare(0.3, 42, SOUND, FlakyModelTest::down);
    FlakyModel backwards = FlakyModel.failingShare(0.3, 42, SOUND, FlakyModelTest::down);
    FlakyModel other = FlakyModel.failingShare(0.3, 43, SOUND, FlakyModelTest::down);

    BitSet expected = failing(forwards, IntStream.range(0, 1_000));

    assertThat(failing(backwards, IntStream.range(0, 1_000).map(i -> 999 - i))).isEqualTo(expected);
    assertThat(failing(other, IntStream.range(0, 1_000))).isNotEqualTo(expected);
  }

  @Test
  void neverAnswersIfTold() {
    FlakyModel model = FlakyModel.failingAlways(SOUND, FlakyModelTest::down);

    assertThat(failing(model, IntStream.range(0, 10)).cardinality()).isEqualTo(10);
  }

  @Test
  void refusesAShareOutsideItsRange() {
    assertThatThrownBy(() -> FlakyModel.failingShare(1.5, 1, SOUND, FlakyModelTest::down))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("share (1.5)");
  }
}
