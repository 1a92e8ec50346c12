package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Figures were computed by hand from the confusion matrices. */
class ConfusionFormulaTest {
  /** Rows: expected a, b, c; columns: found a, b, c, no output. */
  private static final int[][] MATRIX = {{8, 2, 0, 0}, {1, 5, 2, 2}, {0, 0, 4, 0}};

  private static ObservationTally tally(int[][] matrix) {
    Object[] found = {"a", "b", "c", ClassPair.NOTHING};
    List<Object> all = new ArrayList<>();
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix[row].length; column++) {
        for (int i = 0; i < matrix[row][column]; i++) {
          all.add(new ClassPair(List.of("a", "b", "c").get(row), found[column]));
        }
      }
    }
    return ObservationTally.of(all);
  }

  @Test
  void anAnswerThatIsMissingCountsAgainstItsLabelOnly() {
    ObservationTally tally = tally(MATRIX);

    assertThat(ConfusionFormula.recallOf("b").value(tally)).isCloseTo(0.5, within(1e-12));
    assertThat(ConfusionFormula.precisionOf("b").value(tally)).isCloseTo(5 / 7.0, within(1e-12));
    assertThat(ConfusionFormula.f1Of("b").value(tally)).isCloseTo(10 / 17.0, within(1e-12));
    assertThat(ConfusionFormula.macroF1().value(tally))
        .isCloseTo((16 / 19.0 + 10 / 17.0 + 8 / 10.0) / 3, within(1e-12));
  }

  @Test
  void matthewsAndKappaOfAMatrix() {
    // 24 examples, 17 right; expected 10, 10, 4; found 9, 7, 6 and 2 without output.
    double both = 10 * 9 + 10 * 7 + 4 * 6;
    double expected = 100 + 100 + 16;
    double found = 81 + 49 + 36 + 4;

    assertThat(ConfusionFormula.matthews().value(tally(MATRIX)))
        .isCloseTo((17 * 24 - both) / Math.sqrt((576 - expected) * (576 - found)), within(1e-12));
    assertThat(ConfusionFormula.kappa().value(tally(MATRIX)))
        .isCloseTo((17 * 24 - both) / (576 - both), within(1e-12));
  }

  @Test
  void aClassThatIsOnlyFoundHasNoF1OfItsOwn() {
    ObservationTally tally = tally(new int[][] {{3, 1, 0, 0}});

    assertThat(ConfusionFormula.macroF1().value(tally)).isCloseTo(6 / 7.0, within(1e-12));
  }

  @Test
  void setsCountClassByClass() {
    ObservationTally tally =
        ObservationTally.of(
            List.of(
                new ClassPair(Set.of("x", "y"), Set.of("x")),
                new ClassPair(Set.of(), Set.of("y")),
                new ClassPair(Set.of("y"), Set.of("y", "x")),
                new ClassPair(Set.of("y"), ClassPair.NOTHING)));

    assertThat(ConfusionFormula.recallOf("y").value(tally)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(ConfusionFormula.precisionOf("y").value(tally)).isEqualTo(0.5);
    assertThat(ConfusionFormula.f1Of("x").value(tally)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(ConfusionFormula.macroF1().value(tally))
        .isCloseTo((2 / 3.0 + 2 / 5.0) / 2, within(1e-12));
  }

  @Test
  void whatIsUndefinedIsZeroAndSaysSo() {
    ObservationTally tally = tally(new int[][] {{4, 0, 0, 0}});

    for (ConfusionFormula formula :
        List.of(
            ConfusionFormula.recallOf("z"),
            ConfusionFormula.precisionOf("z"),
            ConfusionFormula.f1Of("z"),
            ConfusionFormula.matthews(),
            ConfusionFormula.kappa())) {
      assertThat(formula.value(tally)).isZero();
      assertThat(formula.undefined(tally)).isPresent();
    }
    assertThat(ConfusionFormula.recallOf("a").undefined(tally)).isEmpty();
    assertThat(ConfusionFormula.macroF1().undefined(tally)).isEmpty();
    assertThat(ConfusionFormula.matthews().undefined(tally(MATRIX))).isEmpty();
  }
}
