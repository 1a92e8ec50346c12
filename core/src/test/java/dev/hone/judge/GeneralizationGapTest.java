package dev.hone.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneralizationGapTest {
  private record Number(int number) {}

  private static final Map<List<Integer>, Evaluation<Number, Number>> EVALUATIONS = new HashMap<>();

  private static Evaluation<Number, Number> evaluation(int right, int all) {
    Metric<Number, Number> first = (example, output, run) -> Score.of(output.number() < right);
    return EVALUATIONS.computeIfAbsent(
        List.of(right, all),
        key -> Evaluator.of(numbers(0, all), first).maxInFlight(1).evaluate(input -> input));
  }

  /** Newcombe (1998), table II, (a): 56/70 - 48/80 = 0.2, method 10 gives 0.0524 to 0.3339. */
  @Test
  void hasThePublishedInterval() {
    var gap = GeneralizationGap.of(evaluation(56, 70), evaluation(48, 80)).gap();

    assertThat(gap.value()).isCloseTo(0.2, within(1e-12));
    assertThat(gap.interval().lower()).isCloseTo(0.0524, within(5e-5));
    assertThat(gap.interval().upper()).isCloseTo(0.3339, within(5e-5));
  }

  @Test
  void saysWhatIsOverfittedAndWhatIsNot() {
    var overfitted = GeneralizationGap.of(evaluation(24, 24), evaluation(52, 75));
    var sound = GeneralizationGap.of(evaluation(20, 24), evaluation(60, 75));

    assertThat(overfitted.overfitted()).isTrue();
    assertThat(overfitted)
        .hasToString(
            "1.000 on 24 seen, 0.693 on 75 unseen, gap +0.307 [+0.140, +0.418]: overfitted");
    assertThat(sound.overfitted()).isFalse();
    assertThat(sound.toString()).doesNotContain("overfitted");
  }

  @Test
  void suspectsFewProgramsThatHaveNoGap() {
    var random = new SplittableRandom(1);
    int draws = 2000;
    int suspected = 0;
    int detected = 0;
    for (int i = 0; i < draws; i++) {
      suspected += drawn(random, 0.75, 0.75).overfitted() ? 1 : 0;
      detected += drawn(random, 0.97, 0.7).overfitted() ? 1 : 0;
    }

    assertThat((double) suspected / draws).isBetween(0.005, 0.035);
    assertThat((double) detected / draws).isGreaterThan(0.8);
  }

  private static GeneralizationGap drawn(SplittableRandom random, double seen, double unseen) {
    return GeneralizationGap.of(
        evaluation(right(random, seen, 30), 30), evaluation(right(random, unseen, 75), 75));
  }

  private static int right(SplittableRandom random, double share, int all) {
    return (int) IntStream.range(0, all).filter(i -> random.nextDouble() < share).count();
  }

  @Test
  void evaluatesAProgramThatKnowsItsExamplesByHeart() {
    Program<Number, Number> parrot = input -> input.number() < 20 ? input : new Number(-1);
    Metric<Number, Number> same = Metric.exact(Number::number);

    var gap = GeneralizationGap.of(parrot, same, numbers(0, 20), numbers(20, 40));

    assertThat(gap.seen().value()).isEqualTo(1);
    assertThat(gap.unseen().value()).isEqualTo(0);
    assertThat(gap.overfitted()).isTrue();
  }

  @Test
  void refusesExamplesThatAreOnBothSides() {
    Metric<Number, Number> same = Metric.exact(Number::number);

    assertThatThrownBy(
            () -> GeneralizationGap.of(input -> input, same, numbers(0, 20), numbers(19, 30)))
        .isInstanceOf(InvalidInputException.class);
  }

  private static Dataset<Number, Number> numbers(int from, int to) {
    return Dataset.of(
        IntStream.range(from, to).mapToObj(i -> Example.of(new Number(i), new Number(i))).toList());
  }
}
