package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an evaluation tells, and on what it may run. */
class EvaluationTest {
  private record Question(int number) {}

  private record Answer(int copy, String word) {}

  private static final Metric<Question, Answer> BY_FIELD = Metric.byField(Answer.class);

  private static Dataset<Question, Answer> numbers(int count) {
    return Dataset.of(
        IntStream.range(0, count)
            .mapToObj(i -> Example.of(new Question(i), new Answer(i, "word")))
            .toList());
  }

  /** Wrong on the number of every third, fails on every fifth. */
  private static final Program<Question, Answer> PROGRAM =
      question -> {
        if (question.number() % 5 == 4) {
          throw new IllegalArgumentException("no answer for " + question.number());
        } else if (question.number() == 3) {
          throw new IllegalStateException("three");
        }
        return new Answer(question.number() % 3 == 2 ? -1 : question.number(), "word");
      };

  private static <I, O> Evaluation<I, O> evaluate(
      Evaluator<I, O> evaluator, Program<I, O> program) {
    return Context.builder()
        .lm(new FakeModel("unused", r -> null))
        .build()
        .call(() -> evaluator.evaluate(program));
  }

  private static Evaluation<Question, Answer> tenNumbers() {
    return evaluate(Evaluator.of(numbers(10), BY_FIELD), PROGRAM);
  }

  @Test
  void showsTheFieldsApart() {
    Evaluation<Question, Answer> evaluation = tenNumbers();

    assertThat(evaluation.scoreByPart().get("copy")).isEqualTo(0.4);
    assertThat(evaluation.scoreByPart().get("word")).isEqualTo(0.7);
    assertThat(evaluation.score()).isEqualTo(0.55);
    assertThat(evaluation.table(3).lines())
        .hasSize(6)
        .anySatisfy(line -> assertThat(line).containsSubsequence("#", "score", "copy", "word"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsSubsequence("3", "2, word", "-1, word", "0.500", "0.000", "1.000"))
        .anySatisfy(line -> assertThat(line).containsSubsequence("mean", "0.550", "0.400", "0.700"))
        .contains("(3 of 10 examples are shown)");
    assertThat(evaluation.table().lines()).hasSize(12);
  }

  @Test
  void namesTheWorstExamplesAndTheErrors() {
    Evaluation<Question, Answer> evaluation = tenNumbers();

    assertThat(evaluation.worst(4))
        .extracting(r -> r.example().input().number())
        .containsExactly(3, 4, 9, 2);
    assertThat(evaluation.errorsByClass())
        .containsOnlyKeys("IllegalArgumentException", "IllegalStateException");
    assertThat(evaluation.errorsByClass().values())
        .extracting(Evaluation.ErrorGroup::count)
        .containsExactly(2, 1);
    assertThat(evaluation.errorsByClass().get("IllegalArgumentException").first().example().input())
        .isEqualTo(new Question(4));
    assertThat(evaluation.toString().lines())
        .hasSizeBetween(5, 24)
        .contains("copy 0.400, word 0.700");
  }

  @Test
  void showsExamplesWhereAllScoresAreTheSameUnlessAllAreRight() {
    Evaluator<Question, Answer> evaluator = Evaluator.of(numbers(4), BY_FIELD);

    var allWrong = evaluate(evaluator, question -> new Answer(-1, "word"));
    var allRight = evaluate(evaluator, question -> new Answer(question.number(), "word"));

    assertThat(allWrong.toString()).contains("0, word", "-1, word");
    assertThat(allRight.toString().lines()).hasSize(2);
    assertThat(numbers(4).get(2).input()).isEqualTo(new Question(2));
  }

  @Test
  void comparesItselfWithAnotherPairByPair() {
    Evaluation<Question, Answer> before = tenNumbers();
    Evaluation<Question, Answer> after =
        evaluate(
            Evaluator.of(numbers(10), BY_FIELD),
            question -> new Answer(question.number() == 0 ? -1 : question.number(), "word"));

    PairedComparison comparison = after.compareWith(before);

    assertThat(comparison.better()).isEqualTo(6);
    assertThat(comparison.worse()).isEqualTo(1);
    assertThat(comparison.equal()).isEqualTo(3);
    assertThat(comparison.meanDifference()).isPositive();
    assertThat(comparison)
        .asString()
        .startsWith("better on 6, worse on 1, equal on 3 of 10 examples; difference +0.400 [");
  }

  @Test
  void evaluatesExamplesWithoutLabelsByAMetricThatNeedsNone() {
    Dataset<Question, Answer> inputs =
        Dataset.unlabelled(List.of(new Question(0), new Question(2)));
    Metric<Question, Answer> found = (example, answer, run) -> Score.of(answer.copy() >= 0);

    Evaluation<Question, Answer> evaluation = evaluate(Evaluator.of(inputs, found), PROGRAM);

    assertThat(evaluation.score()).isEqualTo(0.5);
    assertThat(evaluation.table()).contains("0, word");
    assertThatThrownBy(() -> Evaluator.of(inputs, BY_FIELD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"mean of copy, word\" needs labels");
  }

  @Test
  void aMetricThatAsksForALabelThatIsNotThereFailsOnThatExample() {
    Dataset<Question, Answer> mixed =
        numbers(2).concat(Dataset.unlabelled(List.of(new Question(0))));

    Evaluation<Question, Answer> evaluation = evaluate(Evaluator.of(mixed, BY_FIELD), PROGRAM);

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.count(Outcome.MetricFailed.class)).isEqualTo(1);
    assertThat(evaluation).asString().contains("has no label");
  }

  @Test
  void aMetricMayLookAtExtrasOfEqualExamples() {
    Example<Question, Answer> example = numbers(1).examples().get(0);
    Dataset<Question, Answer> dataset =
        Dataset.of(List.of(example, example.withExtra("weight", 7), example));
    AtomicInteger runs = new AtomicInteger();
    Metric<Question, Answer> weight =
        (e, answer, run) -> {
          runs.incrementAndGet();
          return Score.of(e.extra("weight").map(Double::parseDouble).orElse(0.0));
        };

    Evaluation<Question, Answer> evaluation = evaluate(Evaluator.of(dataset, weight), PROGRAM);

    assertThat(evaluation.worst(3))
        .extracting(r -> r.score().getAsDouble())
        .containsExactly(0.0, 0.0, 7.0);
    assertThat(runs).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void runsNoMoreExamplesAtOnceThanAllowed(int most) {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger peak = new AtomicInteger();
    CyclicBarrier together = new CyclicBarrier(most);
    Program<Question, Answer> counting =
        question -> {
          peak.accumulateAndGet(running.incrementAndGet(), Math::max);
          try {
            together.await(30, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          } finally {
            running.decrementAndGet();
          }
          return new Answer(question.number(), "word");
        };

    evaluate(Evaluator.of(numbers(30), BY_FIELD).maxInFlight(most), counting);

    assertThat(peak.get()).isEqualTo(most);
    assertThatThrownBy(() -> Evaluator.of(numbers(1), BY_FIELD).maxInFlight(0))
        .hasMessageContaining("maxInFlight (0) is less than 1");
  }
}
