package dev.hone.optimize.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Example;
import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.optimize.run.FinalChoice.Finalist;
import dev.hone.stats.ObservationTally;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FinalChoiceTest {
  private record Text(int number) {}

  private record Label(boolean rare) {}

  private static final CorpusMetric<Text, Label> METRIC =
      CorpusMetric.<Text, Label>macroF1(Label::rare)
          .subjectTo(
              Constraint.atLeast("recall of rare", CorpusMetric.recallOf(Label::rare, true), 0.8));

  /** One that finds a number of 40 rare ones. */
  private static Finalist<String> finalist(String name, double score, int found, double tokens) {
    ObservationTally tally =
        ObservationTally.of(
            IntStream.range(0, 100)
                .mapToObj(
                    i ->
                        METRIC.observation(
                            Example.of(new Text(i), new Label(i < 40)), new Label(i < found), 0))
                .toList());
    return new Finalist<>(
        name,
        name,
        score,
        tally,
        Double.isNaN(tokens) ? OptionalDouble.empty() : OptionalDouble.of(tokens));
  }

  private static FinalChoice<String> choice(double tolerance, List<Finalist<String>> finalists) {
    OptionalDouble loss =
        Double.isNaN(tolerance) ? OptionalDouble.empty() : OptionalDouble.of(tolerance);
    return FinalChoice.of(finalists, Optional.of(METRIC), 5, loss);
  }

  @Test
  void returnsTheFirstThatIsShownToMeetTheConstraints() {
    FinalChoice<String> choice =
        choice(
            Double.NaN,
            List.of(
                finalist("a", 0.9, 33, 100),
                finalist("b", 0.8, 39, 100),
                finalist("c", 0.7, 40, 100)));

    assertThat(choice.chosen()).isEqualTo("b");
    assertThat(choice.constraintsMet()).isTrue();
    assertThat(choice.notes())
        .singleElement()
        .asString()
        .contains("meets the constraints, tested as one of 5 candidates: recall of rare 0.975")
        .contains("Before it came a with 0.900, which was not shown to meet them");
  }

  @Test
  void saysThatNothingMeetsThemAndWhatCameClosest() {
    FinalChoice<String> choice =
        choice(Double.NaN, List.of(finalist("a", 0.9, 20, 100), finalist("b", 0.8, 34, 100)));

    assertThat(choice.chosen()).isEqualTo("a");
    assertThat(choice.constraintsMet()).isFalse();
    assertThat(choice.checks()).hasSize(1);
    assertThat(choice.notes())
        .singleElement()
        .asString()
        .startsWith("Nothing that was evaluated on all examples is shown to meet the constraints")
        .contains("Returned is a: recall of rare 0.500")
        .contains("The closest is b: recall of rare 0.850");
  }

  @Test
  void fewerPromptTokensAreWorthTheToleranceAmongThoseThatMeetTheConstraints() {
    FinalChoice<String> choice =
        choice(
            0.05,
            List.of(
                finalist("a", 0.9, 40, 100),
                finalist("short", 0.89, 20, 10),
                finalist("b", 0.86, 39, 60),
                finalist("far", 0.8, 40, 20)));

    assertThat(choice.chosen()).isEqualTo("b");
    assertThat(choice.checks()).allMatch(Constraint.Check::met);
    assertThat(choice.notes())
        .last()
        .asString()
        .isEqualTo(
            "b is returned with 0.860 and 60 prompt tokens per run, the fewest within 0.05 of a,"
                + " which has 0.900 and 100.");
  }

  @Test
  void tokensThatAreNotKnownDecideNothing() {
    FinalChoice<String> choice =
        FinalChoice.of(
            List.of(finalist("a", 0.9, 40, 100), finalist("b", 0.9, 40, Double.NaN)),
            Optional.empty(),
            2,
            OptionalDouble.of(0.1));

    assertThat(choice.chosen()).isEqualTo("a");
    assertThat(choice.notes())
        .singleElement()
        .asString()
        .startsWith("cheapestWithin has no effect");
  }
}
