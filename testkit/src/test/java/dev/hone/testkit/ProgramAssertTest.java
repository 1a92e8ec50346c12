package dev.hone.testkit;

import static dev.hone.testkit.HoneAssertions.assertThatProgram;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgramAssertTest {
  record Number(int value) {}

  record Parity(boolean even) {}

  private static final Metric<Number, Parity> METRIC = Metric.exact(Parity::even);

  private static Dataset<Number, Parity> numbers(int count) {
    return Dataset.of(
        IntStream.range(0, count)
            .mapToObj(i -> Example.of(new Number(i), new Parity(i % 2 == 0)))
            .toList());
  }

  /** Is right but for the first ones. */
  private static Program<Number, Parity> wrongOn(int count) {
    return number -> new Parity((number.value() % 2 == 0) == number.value() >= count);
  }

  private static Context context() {
    return Context.builder().lm(ScriptedModel.inOrder()).build();
  }

  @Test
  void passesWhatIsBetterEqualOrWorseByChanceOnly() {
    assertThatProgram(wrongOn(0)).in(context()).isNotWorseThan(wrongOn(20)).on(numbers(60), METRIC);
    assertThatProgram(wrongOn(5)).in(context()).isNotWorseThan(wrongOn(5)).on(numbers(60), METRIC);
    assertThatProgram(wrongOn(2)).in(context()).isNotWorseThan(wrongOn(0)).on(numbers(60), METRIC);
  }

  @Test
  void ofFewerThanFiveExamplesNoneCanFail() {
    assertThatProgram(wrongOn(4)).in(context()).isNotWorseThan(wrongOn(0)).on(numbers(4), METRIC);
    assertThatThrownBy(
            () ->
                assertThatProgram(wrongOn(5))
                    .in(context())
                    .isNotWorseThan(wrongOn(0))
                    .on(numbers(5), METRIC))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void failsOnWhatIsSignificantlyWorseWithTheFigures() {
    assertThatThrownBy(
            () ->
                assertThatProgram(wrongOn(15))
                    .in(context())
                    .isNotWorseThan(wrongOn(0))
                    .on(numbers(60), METRIC))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "baseline 1.000",
            "program  0.750",
            "worse on 15",
            "of 60 examples",
            "example 1 (1.000, then 0.000)",
            "and 10 more");
  }
}
