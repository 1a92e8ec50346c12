package dev.hone.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.stats.ClassPair;
import dev.hone.stats.ConfusionFormula;
import dev.hone.stats.Estimate;
import dev.hone.stats.ObservationTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Offset<Double> EXACT = within(1e-9);

  private enum Level {
    LOW,
    MEDIUM,
    HIGH
  }

  private record Text(int length) {}

  private record Verdict(Level level, String reason) {}

  /** Label and verdict as often as the cells say, by gold class. */
  private static <T> Agreement<T> ofTable(List<T> classes, int[]... cells) {
    List<T> gold = new ArrayList<>();
    List<T> judged = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < cells.length; j++) {
        for (int n = 0; n < cells[i][j]; n++) {
          gold.add(classes.get(i));
          judged.add(classes.get(j));
        }
      }
    }
    return Agreement.ofLabels(gold, judged);
  }

  private static double value(Optional<Estimate> estimate) {
    return estimate.orElseThrow().value();
  }

  private static int[] row(int... counts) {
    return counts;
  }

  @Test
  void kappaIsThatOfTheTextbooks() {
    List<String> yesNo = List.of("yes", "no");
    // The grant proposals of Wikipedia's article on Cohen's kappa, and its two tables of equal
    // accuracy.
    assertThat(value(ofTable(yesNo, row(20, 5), row(10, 15)).kappa())).isCloseTo(0.4, EXACT);
    assertThat(value(ofTable(yesNo, row(45, 15), row(25, 15)).kappa()))
        .isCloseTo(0.1304, within(1e-4));
    assertThat(value(ofTable(yesNo, row(25, 35), row(5, 35)).kappa()))
        .isCloseTo(0.2593, within(1e-4));
    // The diagnoses of Fleiss, Levin and Paik: published as 0.68.
    assertThat(
            value(
                ofTable(
                        List.of("psychotic", "neurotic", "organic"),
                        row(75, 1, 4),
                        row(5, 4, 1),
                        row(0, 0, 10))
                    .kappa()))
        .isCloseTo(0.23 / 0.34, EXACT);
    // From the documentation of scikit-learn's cohen_kappa_score.
    assertThat(
            value(
                Agreement.ofLabels(
                        List.of("negative", "positive", "negative", "neutral", "positive"),
                        List.of("negative", "positive", "negative", "neutral", "negative"))
                    .kappa()))
        .isCloseTo(0.6875, EXACT);
  }

  @Test
  void aWeightedKappaCountsHowFarApartTheClassesAre() {
    // By hand. Rows 10, 10, 10; columns 9, 12, 9; expected counts 3, 4, 3 in each row.
    Agreement<Level> agreement =
        ofTable(List.of(Level.values()), row(7, 2, 1), row(1, 8, 1), row(1, 2, 7));

    // Disagreements seen 8, expected 30 - (3 + 4 + 3) = 20.
    assertThat(value(agreement.kappa())).isCloseTo(1 - 8 / 20.0, EXACT);
    // Linear: seen 2 + 1 * 2 + 1 + 1 + 1 * 2 + 2 = 10; expected 4 + 6 + 3 + 3 + 6 + 4 = 26.
    assertThat(value(agreement.linearKappa())).isCloseTo(1 - 10 / 26.0, EXACT);
    // Quadratic: seen 2 + 4 + 1 + 1 + 4 + 2 = 14; expected 4 + 12 + 3 + 3 + 12 + 4 = 38.
    assertThat(value(agreement.quadraticKappa())).isCloseTo(1 - 14 / 38.0, EXACT);
  }

  @Test
  void numbersAreOrderedByValueAndTextsAreNot() {
    Agreement<Integer> points =
        Agreement.ofLabels(List.of(1, 2, 10, 10, 1), List.of(2, 1, 10, 1, 1));
    // Quadratic by value: seen 1 + 1 + 81; classes 1, 2, 10 as 2, 1, 2 by gold, 3, 1, 1 judged:
    // expected (2*1*1 + 2*1*81 + 1*3*1 + 1*1*64 + 2*3*81 + 2*1*64) / 5.
    assertThat(value(points.quadraticKappa())).isCloseTo(1 - 83 / (845 / 5.0), EXACT);
    assertThat(points.classes()).extracting(ClassAgreement::label).containsExactly(1, 2, 10);

    Agreement<String> texts = Agreement.ofLabels(List.of("b", "a"), List.of("b", "b"));
    assertThat(texts.linearKappa()).isEmpty();
    assertThat(texts).asString().contains("kappa, linear     undefined, as the classes have no");

    Agreement<Boolean> booleans =
        Agreement.ofLabels(List.of(true, false, true), List.of(true, false, false));
    assertThat(value(booleans.linearKappa())).isEqualTo(value(booleans.kappa()));
  }

  @Test
  void precisionRecallAndF1AreThoseOfThePublishedExamples() {
    // From the documentation of scikit-learn's f1_score and balanced_accuracy_score.
    Agreement<Integer> three =
        Agreement.ofLabels(List.of(0, 1, 2, 0, 1, 2), List.of(0, 2, 1, 0, 0, 1));
    assertThat(three.classes())
        .extracting(one -> value(one.f1()))
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .containsExactly(0.8, 0.0, 0.0);
    assertThat(three.macroF1().value()).isCloseTo(0.8 / 3, EXACT);
    Agreement<Integer> two =
        Agreement.ofLabels(List.of(0, 1, 0, 0, 1, 0), List.of(0, 1, 0, 0, 0, 1));
    assertThat(two.balancedAccuracy().value()).isCloseTo(0.625, EXACT);

    ClassAgreement<Integer> zero = two.byClass(0);
    assertThat(value(zero.precision())).isCloseTo(0.75, EXACT);
    assertThat(value(zero.recall())).isCloseTo(0.75, EXACT);
    assertThat(two.accuracy().value()).isCloseTo(4 / 6.0, EXACT);
    assertThat(two.count(1, 0)).isEqualTo(1);
    assertThat(two.count(0, 0)).isEqualTo(3);
  }

  @Test
  void measuresAreThoseOfCorpusMetrics() {
    Agreement<String> agreement =
        Agreement.ofLabels(
            List.of("a", "a", "b", "b", "b", "a"), List.of("a", "b", "b", "c", "b", "a"));
    ObservationTally tally =
        ObservationTally.of(
            List.of(
                new ClassPair("a", "a"),
                new ClassPair("a", "b"),
                new ClassPair("b", "b"),
                new ClassPair("b", "c"),
                new ClassPair("b", "b"),
                new ClassPair("a", "a")));

    assertThat(agreement.macroF1().value())
        .as("c is no label, so its F1 does not count")
        .isCloseTo((4 / 5.0 + 4 / 6.0) / 2, EXACT)
        .isEqualTo(ConfusionFormula.macroF1().value(tally));
    assertThat(value(agreement.kappa())).isEqualTo(ConfusionFormula.kappa().value(tally));
  }

  @Test
  void everyFigureLiesInItsIntervalAndTheSameLabelsGiveTheSameIntervals() {
    Agreement<Level> agreement =
        ofTable(List.of(Level.values()), row(12, 3, 1), row(2, 9, 2), row(0, 4, 7));

    List<Estimate> figures = new ArrayList<>();
    figures.add(agreement.accuracy());
    figures.add(agreement.balancedAccuracy());
    figures.add(agreement.macroF1());
    figures.add(agreement.kappa().orElseThrow());
    figures.add(agreement.linearKappa().orElseThrow());
    figures.add(agreement.quadraticKappa().orElseThrow());
    agreement.classes().forEach(one -> figures.add(one.f1().orElseThrow()));

    assertThat(figures)
        .allSatisfy(
            figure -> {
              assertThat(figure.interval().contains(figure.value())).isTrue();
              assertThat(figure.interval().width()).isGreaterThan(0.05);
            });
    assertThat(ofTable(List.of(Level.values()), row(12, 3, 1), row(2, 9, 2), row(0, 4, 7)))
        .hasToString(agreement.toString());
  }

  @Test
  void oneClassOnlyLeavesKappaUndefinedAndSaysSo() {
    Agreement<String> agreement = Agreement.ofLabels(List.of("a", "a"), List.of("a", "a"));

    assertThat(agreement.accuracy().value()).isEqualTo(1);
    assertThat(agreement.balancedAccuracy().value()).isEqualTo(1);
    assertThat(agreement.kappa()).isEmpty();
    assertThat(agreement.toString())
        .contains("kappa             undefined, as gold and judge give one class only")
        .doesNotContain("NaN");
  }

  @Test
  void aSingleExampleHasWideIntervals() {
    Agreement<Level> right = Agreement.ofLabels(List.of(Level.HIGH), List.of(Level.HIGH));
    assertThat(right.accuracy().interval().lower()).isLessThan(0.3);
    assertThat(right.toString()).doesNotContain("NaN").contains("on 1 example");

    Agreement<Level> wrong = Agreement.ofLabels(List.of(Level.HIGH), List.of(Level.LOW));
    assertThat(value(wrong.kappa())).isZero();
    assertThat(wrong.kappa().orElseThrow().interval().width()).isGreaterThan(1);
  }

  @Test
  void aClassThatNobodyGivesHasNoFiguresAndIsShown() {
    Agreement<Level> agreement =
        Agreement.ofLabels(
            List.of(Level.LOW, Level.HIGH, Level.HIGH), List.of(Level.LOW, Level.HIGH, Level.LOW));

    ClassAgreement<Level> medium = agreement.byClass(Level.MEDIUM);
    assertThat(medium.gold()).isZero();
    assertThat(medium.precision()).isEmpty();
    assertThat(medium.recall()).isEmpty();
    assertThat(medium.f1()).isEmpty();
    assertThat(agreement.macroF1().value()).as("over the others").isCloseTo(2 / 3.0, EXACT);
    assertThat(agreement.toString())
        .contains("none judged so", "none in gold", "in neither")
        .doesNotContain("NaN");
  }

  @Test
  void aJudgeThatIsAlwaysRightIsNotSaidToBePerfect() {
    Agreement<String> agreement = ofTable(List.of("a", "b"), row(10, 0), row(0, 10));

    Estimate kappa = agreement.kappa().orElseThrow();
    assertThat(kappa.value()).isEqualTo(1);
    assertThat(kappa.interval().lower())
        .as("2 * Wilson's 0.839 - 1")
        .isCloseTo(0.678, within(0.001));
    assertThat(agreement.byClass("a").f1().orElseThrow().interval().lower()).isBetween(0.7, 0.75);
  }

  @Test
  void labelsAreClasses() {
    assertThatThrownBy(() -> Agreement.ofLabels(List.of(Set.of("a")), List.of(Set.of("a"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("A label is [a], expected one class");
    List<Integer> many = IntStream.range(0, 51).boxed().toList();
    assertThatThrownBy(() -> Agreement.ofLabels(many, many))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The labels have 51 different values, expected at most 50 classes");
    assertThatThrownBy(() -> Agreement.ofLabels(List.of(1), List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("There are 1 gold labels and 0 verdicts");
    assertThatThrownBy(() -> Agreement.ofLabels(List.of("a"), List.of("a")).byClass("b"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("b is none of the classes [a]");
    assertThat(Agreement.ofLabels(List.<Object>of(1, 2.0), List.<Object>of(1.0, 2)).accuracy())
        .as("numbers are equal by value")
        .extracting(Estimate::value)
        .isEqualTo(1.0);
  }

  private static final Predict<Text, Verdict> JUDGE =
      Predict.of(Text.class, Verdict.class, "How long is the text?");

  private static Level level(int length) {
    return length < 10 ? Level.LOW : length < 20 ? Level.MEDIUM : Level.HIGH;
  }

  private static Dataset<Text, Verdict> gold(int size) {
    return Dataset.of(
        IntStream.range(0, size)
            .mapToObj(i -> Example.of(new Text(i), new Verdict(level(i + 1), "by hand")))
            .toList());
  }

  /** A judge that is one off at the borders, and refuses one text. */
  private static FakeModel judging() {
    return FakeModel.answeringLast(
        message -> {
          int length =
              Integer.parseInt(message.replaceAll("(?s).*length ## \\]\\]\\s*(\\d+).*", "$1"));
          if (length == 5) {
            throw new LmException.ContentRefused("not this one", null);
          }
          return FakeModel.chat("level", level(length).name(), "reason", "seen " + length);
        });
  }

  @Test
  void runsTheJudgeOverLabelledExamplesAndCountsItsFailuresApart() {
    FakeModel model = judging();
    Context context = FakeModel.saying("").context();

    Agreement<Level> agreement =
        context.call(() -> Agreement.of(JUDGE.on(model), gold(30), Verdict::level));

    assertThat(model.calls()).isEqualTo(30);
    assertThat(agreement.examples()).isEqualTo(29);
    assertThat(agreement.failures()).isEqualTo(1);
    assertThat(agreement.failuresByClass()).containsEntry("ContentRefused", 1);
    assertThat(agreement.accuracy().value()).isCloseTo(27 / 29.0, EXACT);
    assertThat(agreement.count(Level.MEDIUM, Level.LOW)).isEqualTo(1);
    assertThat(agreement.count(Level.HIGH, Level.MEDIUM)).isEqualTo(1);
    assertThat(agreement.spend().lmCalls()).isEqualTo(30);
    assertThat(agreement)
        .asString()
        .startsWith(
            "agreement with gold on 29 of 30 examples; no verdict on 1 (1 ContentRefused); 30 model calls");
  }

  @Test
  void asksTheJudgeAsAMetricWouldSoThatNothingIsPaidForTwice() {
    FakeModel model = judging();
    Context drawn =
        FakeModel.saying("").context().toBuilder()
            .options(LmOptions.defaults().withTemperature(0.9))
            .build()
            .withDraw(LmOptions.defaults().withRolloutId(9));

    drawn.call(() -> Agreement.of(JUDGE.on(model), gold(3), Verdict::level));

    assertThat(model.requests())
        .allSatisfy(request -> assertThat(request.options()).isEqualTo(LmOptions.defaults()));
  }

  @Test
  void goldMayBeLessThanAVerdict() {
    record Gold(Level label) {}
    Dataset<Text, Gold> gold =
        Dataset.of(
            List.of(
                Example.of(new Text(1), new Gold(Level.LOW)),
                Example.of(new Text(15), new Gold(Level.HIGH)),
                Example.<Text, Gold>unlabelled(new Text(16))));

    Agreement<Level> agreement =
        judging().context().call(() -> Agreement.of(JUDGE, gold, Verdict::level, Gold::label));

    assertThat(agreement.examples()).isEqualTo(2);
    assertThat(agreement.count(Level.HIGH, Level.MEDIUM)).isEqualTo(1);
    assertThatThrownBy(
            () ->
                Agreement.of(
                    JUDGE, Dataset.<Text, Verdict>unlabelled(List.of(new Text(1))), Verdict::level))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("None of the 1 gold examples has a label");
  }

  @Test
  void anEvaluationOfAClassifierHasAnAgreementToo() {
    Metric<Text, Verdict> metric = Metric.exact(Verdict::level);
    Evaluation<Text, Verdict> evaluation =
        judging().context().call(() -> Evaluator.of(gold(30), metric).evaluate(JUDGE));

    Agreement<Level> agreement = Agreement.of(evaluation, Verdict::level);

    assertThat(agreement.examples()).isEqualTo(29);
    assertThat(agreement.failures()).isEqualTo(1);
    assertThat(agreement.accuracy().value()).isCloseTo(27 / 29.0, EXACT);
  }

  @Test
  void isATableForPeople() {
    Agreement<Level> agreement =
        ofTable(List.of(Level.values()), row(7, 2, 1), row(1, 8, 1), row(1, 2, 7));

    assertThat(agreement)
        .hasToString(
            """
            agreement with gold on 30 examples
              accuracy          0.733 [0.556, 0.858]
              balanced accuracy 0.733 [0.555, 0.875]
              macro F1          0.734 [0.571, 0.891]
              kappa             0.600 [0.355, 0.834]
              kappa, linear     0.615 [0.332, 0.823]
              kappa, quadratic  0.632 [0.248, 0.850]

              class               gold judge  precision             recall                F1
              LOW                   10     9  0.778 [0.453, 0.937]  0.700 [0.397, 0.892]  0.737 [0.429, 0.909]
              MEDIUM                10    12  0.667 [0.391, 0.862]  0.800 [0.490, 0.943]  0.727 [0.476, 0.897]
              HIGH                  10     9  0.778 [0.453, 0.937]  0.700 [0.397, 0.892]  0.737 [0.461, 0.923]

              gold \\ judge               LOW      MEDIUM        HIGH
              LOW                          7           2           1
              MEDIUM                       1           8           1
              HIGH                         1           2           7""");
  }
}
