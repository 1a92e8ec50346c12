package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private record Question(int number) {}

  private record Answer(int copy) {}

  private static final Metric<Question, Answer> EXACT = Metric.exact(Answer::copy);
  private static final Dataset<Question, Answer> TWO =
      Dataset.of(
          List.of(
              Example.of(new Question(1), new Answer(1)),
              Example.of(new Question(2), new Answer(2))));

  @Test
  void refusesWhatIsNull() {
    assertThatThrownBy(() -> Evaluator.of(TWO, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The metric of the evaluator is null. Maybe");
    assertThatThrownBy(() -> Evaluator.of(null, EXACT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The dataset of the evaluator is null. Maybe");
  }

  @Test
  void tellsABugOfTheModelFromOneThatCannotBeReached() {
    Predict<Question, Answer> echo = Predict.of(Question.class, Answer.class, "Repeat the number.");
    Context buggy = Context.builder().lm(new FakeModel("buggy", request -> null)).build();

    assertThatThrownBy(() -> buggy.call(() -> Evaluator.of(TWO, EXACT).evaluate(echo)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageStartingWith(
            "The model failed with a bug of its own for all of 2 examples: The model buggy returned"
                + " null")
        .hasCauseInstanceOf(LmException.ProviderFailed.class);
  }
}
