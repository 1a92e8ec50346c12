package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one class per example and what sets of classes give is one and the same. */
class ConfusionMatrixTest {
  private static final double[] COUNTS = {7, 2, 1, 8, 1, 6};
  private static final int[] EXPECTED = {0, 0, 1, 1, 2, 2};
  private static final int[] PREDICTED = {0, 1, 0, 1, 1, 2};
  private static final ConfusionMatrix MATRIX = new ConfusionMatrix(3, EXPECTED, PREDICTED, COUNTS);

  private static ObservationTally tally() {
    List<Object> all = new ArrayList<>();
    for (int cell = 0; cell < COUNTS.length; cell++) {
      for (int i = 0; i < COUNTS[cell]; i++) {
        all.add(new ClassPair(EXPECTED[cell], PREDICTED[cell]));
      }
    }
    return ObservationTally.of(all);
  }

  @Test
  void aFormulaOfATallyIsThatOfItsMatrix() {
    assertThat(ConfusionFormula.macroF1().value(tally()))
        .isCloseTo(MATRIX.macroF1(), within(1e-12));
    assertThat(ConfusionFormula.kappa().value(tally())).isEqualTo(MATRIX.kappa());
    assertThat(ConfusionFormula.matthews().value(tally())).isEqualTo(MATRIX.matthews());
    assertThat(ConfusionFormula.f1Of(1).value(tally())).isEqualTo(MATRIX.ofClass(1).f1());
    assertThat(ConfusionFormula.recallOf(1).value(tally())).isEqualTo(8 / 9.0);
    assertThat(MATRIX.ofClass(1).precision()).isEqualTo(8 / 11.0);
  }

  @Test
  void countsAndWhatFiguresRestOn() {
    assertThat(MATRIX.total()).isEqualTo(25);
    assertThat(MATRIX.correct()).isEqualTo(21);
    assertThat(MATRIX.ofClass(0)).isEqualTo(new ClassCounts(9, 8, 7));
    assertThat(MATRIX.ofClass(0).support()).isEqualTo(10);
    assertThat(MATRIX.supportOfMeans()).isEqualTo(7);
    assertThat(MATRIX.supportOfCorrelations()).isEqualTo(14);
  }

  @Test
  void oneClassOnlyLeavesAgreementUndefined() {
    ConfusionMatrix one = new ConfusionMatrix(2, new int[] {0}, new int[] {0}, new double[] {4});

    assertThat(one.kappa()).isNaN();
    assertThat(one.matthews()).isNaN();
    assertThat(one.linearKappa(new double[] {0, 1})).isNaN();
    assertThat(one.balancedAccuracy()).isEqualTo(1);
    assertThat(one.ofClass(1).f1()).isNaN();
  }
}
