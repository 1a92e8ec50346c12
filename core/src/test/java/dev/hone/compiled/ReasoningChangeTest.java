package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Question;
import dev.hone.program.Reasoned;
import org.junit.jupiter.api.Test;

/** A predictor was turned into a chain of thought since the program was saved, or back. */
class ReasoningChangeTest {
  private final Predict<Question, Answer> plain = Programs.answerer("Answer.");
  private final Predict<Question, Answer> other = Programs.answerer("Other.");
  private final ChainOfThought<Question, Answer> thinking =
      ChainOfThought.of(Question.class, Answer.class, "Answer.");

  /** One step that may or may not think, and one that stays. */
  private record Steps(Program<Question, Answer> answer, Predict<Question, Answer> check)
      implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      return check.run(new Question(answer.run(input).answer()));
    }
  }

  private static ArtifactException failure(Program<?, ?> saved, Program<?, ?> present) {
    return catchThrowableOfType(
        ArtifactException.class, () -> Compiled.fromJson(present, Compiled.of(saved).toJson()));
  }

  @Test
  void saysThatAPredictThinksNow() {
    ArtifactException error = failure(plain, thinking);

    assertThat(error.problem()).isEqualTo(Problem.PREDICTORS_DIFFER);
    assertThat(error)
        .hasMessageContainingAll(
            "the program has the predictors [predict], the file [self]",
            "the program was a Predict when it was saved and is a ChainOfThought now",
            "`predict` and has the output `reasoning` too",
            "Maybe make it with Predict.of again, or compile again.")
        .hasMessageNotContaining("renamed");
  }

  @Test
  void saysThatAChainOfThoughtThinksNoLonger() {
    assertThat(failure(thinking, plain))
        .hasMessageContainingAll(
            "the program was a ChainOfThought when it was saved",
            "predictor `predict` and its output `reasoning`, and is a Predict now",
            "Maybe make it with ChainOfThought.of again, or compile again.");
  }

  @Test
  void namesTheStepOfALargerProgram() {
    assertThat(failure(new Steps(plain, other), new Steps(thinking, other)))
        .hasMessageContainingAll(
            "`answer` was a Predict when it was saved and is a ChainOfThought now",
            "`answer.predict`",
            "Maybe make it with Predict.of again");
    assertThat(failure(new Steps(thinking, other), new Steps(plain, other)))
        .hasMessageContainingAll("`answer` was a ChainOfThought when", "and is a Predict now");
  }

  @Test
  void namesOtherDifferencesBesideIt() {
    record Renamed(Program<Question, Answer> answer, Predict<Question, Answer> verify)
        implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return verify.run(input);
      }
    }

    assertThat(failure(new Steps(plain, other), new Renamed(thinking, other)))
        .hasMessageContainingAll(
            "`answer` was a Predict",
            "missing in the file: [verify]",
            "unknown to the program: [check]",
            "Maybe a field was renamed");
  }

  @Test
  void doesNotTakeAnyFieldNamedPredictForAChainOfThought() {
    record Wrapper(Predict<Question, Answer> predict) implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return predict.run(input);
      }
    }

    assertThat(failure(plain, new Wrapper(plain)))
        .hasMessageContainingAll("missing in the file: [predict]", "Maybe a field was renamed")
        .hasMessageNotContaining("ChainOfThought");
  }

  @Test
  void saysSoWhereOnlyTheOutputDiffers() {
    record Thinker(Predict<Question, Reasoned<Answer>> predict)
        implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return predict.run(input).output();
      }
    }
    record Plain(Predict<Question, Answer> predict) implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return predict.run(input);
      }
    }

    ArtifactException error = failure(new Plain(plain), new Thinker(thinking.predict()));

    assertThat(error.problem()).isEqualTo(Problem.SIGNATURE_CHANGED);
    assertThat(error)
        .hasMessageContainingAll(
            "predict: output `reasoning` (text) was added",
            "Maybe a Predict was turned into a ChainOfThought, or back; turn it back, or compile");
  }
}
