package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.embed.Embedding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueModelTest {
  private static final Embedding EAST = Embedding.of(1, 0, 0);
  private static final Embedding NORTH = Embedding.of(0, 1, 0);
  private static final Embedding UP = Embedding.of(0, 0, 1);

  private static final NamePrior UNNAMED = new NamePrior(List.of(), 2);

  @Test
  void thePriorIsTheSoftmaxOfTheSimilarityToTheNames() {
    double[] probabilities = new NamePrior(List.of(EAST, NORTH), 3).of(EAST);

    double sum = Math.exp(10) + 1 + Math.exp(2);
    assertThat(probabilities[0]).isCloseTo(Math.exp(10) / sum, within(1e-12));
    assertThat(probabilities[1]).isCloseTo(1 / sum, within(1e-12));
    assertThat(probabilities[2]).isCloseTo(Math.exp(2) / sum, within(1e-12));
  }

  @Test
  void withoutPointsItIsThePrior() {
    NamePrior prior = new NamePrior(List.of(EAST, NORTH), 2);
    ValueModel model = ValueModel.fit(prior, List.of());

    assertThat(model.predict(UP)).isEqualTo(prior.of(UP));
    assertThat(model.isPrior()).isTrue();
  }

  /** One point: prior + k(x, p) / (k(p, p) + noise) times the residual. */
  @Test
  void onePointMovesChancesByTheFormula() {
    ValueModel model = ValueModel.fit(UNNAMED, List.of(new LabeledVector(EAST, Set.of(0), 0.2)));

    double self = 1.3 / 1.5;
    double other = (0.3 + Math.exp(-1)) / 1.5;
    assertThat(model.predict(EAST)[0]).isCloseTo(0.5 + 0.5 * self, within(1e-12));
    assertThat(model.predict(EAST)[1]).isCloseTo(0.5 - 0.5 * self, within(1e-12));
    assertThat(model.predict(UP)[0]).isCloseTo(0.5 + 0.5 * other, within(1e-12));
  }

  @Test
  void withNearlyNoNoiseItGoesThroughItsPoints() {
    ValueModel model =
        ValueModel.fit(
            UNNAMED,
            List.of(
                new LabeledVector(EAST, Set.of(0), 1e-9),
                new LabeledVector(NORTH, Set.of(1), 1e-9),
                new LabeledVector(UP, Set.of(0, 1), 1e-9)));

    assertThat(model.predict(EAST)).containsExactly(new double[] {1, 0}, within(1e-6));
    assertThat(model.predict(NORTH)).containsExactly(new double[] {0, 1}, within(1e-6));
    assertThat(model.predict(UP)).containsExactly(new double[] {1, 1}, within(1e-6));
  }

  @Test
  void twinsThatDisagreeAverageOut() {
    ValueModel model =
        ValueModel.fit(
            UNNAMED,
            List.of(
                new LabeledVector(EAST, Set.of(0), 0.1), new LabeledVector(EAST, Set.of(1), 0.1)));

    assertThat(model.predict(EAST)).containsExactly(new double[] {0.5, 0.5}, within(1e-9));
  }

  @Test
  void aPointWithLessNoiseCountsForMore() {
    ValueModel model =
        ValueModel.fit(
            UNNAMED,
            List.of(
                new LabeledVector(EAST, Set.of(0), 0.1), new LabeledVector(EAST, Set.of(1), 0.2)));

    assertThat(model.predict(EAST)[0]).isGreaterThan(0.6);
  }
}
