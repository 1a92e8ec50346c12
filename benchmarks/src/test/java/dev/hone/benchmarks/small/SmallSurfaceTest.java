package dev.hone.benchmarks.small;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.optimize.search.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallSurfaceTest {
  /** Relative error of a component over examples that 200 surfaces of 60 examples leave. */
  private static final double RELATIVE = 0.1;

  @ParameterizedTest
  @EnumSource(names = {"STANDIN_4", "STANDIN_16", "EMBEDDED", "GRADED"})
  void reproducesItsVarianceComponents(SmallFamily family) {
    for (int number = 0; number < 2; number++) {
      VarianceComponents stated = family.components(number);

      VarianceComponents measured = ComponentFit.simulated(stated, 60);

      assertThat(measured.mean()).isCloseTo(stated.mean(), within(0.015));
      close(measured.examples(), stated.examples());
      close(measured.onExamples(), stated.onExamples());
      close(measured.demosOnExample(), stated.demosOnExample());
      close(measured.rest(), stated.rest());
      assertThat(measured.instructionOnExample())
          .isCloseTo(stated.instructionOnExample(), within(0.006));
      assertThat(measured.between())
          .isCloseTo(stated.between(), within(0.0002 + 0.15 * stated.between()));
      assertThat(measured.noDemosGap()).isCloseTo(stated.noDemosGap(), within(0.01));
      assertThat(measured.givenGap()).isCloseTo(stated.givenGap(), within(0.01));
    }
  }

  private static void close(double measured, double stated) {
    assertThat(measured).isCloseTo(stated, within(RELATIVE * stated));
  }

  @Test
  void hasTrueScoresThatAreExpectationsOfItsOutcomes() {
    for (SmallSurface surface : manyExamples()) {
      for (Configuration configuration : List.of(Configuration.of(0, 0), Configuration.of(2, 4))) {
        double sum = 0;
        for (int example = 0; example < surface.exampleCount(); example++) {
          sum += surface.outcome(configuration, example);
        }

        assertThat(sum / surface.exampleCount())
            .isCloseTo(surface.trueScore(configuration), within(0.015));
      }
    }
  }

  private static List<SmallSurface> manyExamples() {
    return List.of(SmallFamily.STANDIN_4, SmallFamily.GRADED, SmallFamily.NOISY).stream()
        .map(
            family ->
                new SmallSurface(
                    family, family.components(0), 4, new SmallShape(1, 3, 6), 10_000, 3))
        .toList();
  }

  @Test
  void letsNothingBeatTheBaselineWhereItIsTheBest() {
    List<SmallSurface> surfaces =
        SmallSurface.mixed(90, 11).stream()
            .filter(surface -> surface.familyName().equals("BASELINE_BEST"))
            .toList();

    assertThat(surfaces).hasSize(10);
    assertThat(surfaces)
        .allSatisfy(
            surface -> assertThat(surface.best()).isEqualTo(surface.trueScore(surface.baseline())));
  }

  @Test
  void hasAllSizesOfValidationSetsInEveryFamily() {
    assertThat(
            SmallSurface.mixed(SmallFamily.values().length * 4, 11).stream()
                .filter(surface -> surface.familyName().equals("WIDE"))
                .map(SmallSurface::exampleCount))
        .containsExactlyInAnyOrder(15, 30, 60, 100);
  }
}
