package dev.hone.optimize.search;

import dev.hone.stats.ObservationTally;
import dev.hone.stats.TallyFormula;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers per example whose mean is a number of the whole set, so that what models means of scores
 * models it.
 *
 * <p>Card. The pseudo-score of an example is T + I, where T is the value of the configuration's set
 * and I the empirical influence of the example's observation on it: by how much one such
 * observation more changes T, times the size of the set and one, centred. Their mean is T, and
 * their covariances over examples are those of the values of two configurations, to first order. A
 * complete configuration is linearized at its own set, so that its mean is its exact value. An
 * incomplete one is linearized at its own set mixed with {@value #POOL} observations of all
 * configurations, fewer as it becomes complete: with one example of a rare class, its own F1 is 0
 * or 1 and its influences are worthless. Its mean is then a one-step estimate, which may leave the
 * range of T. A formula that takes no fractions is not mixed.
 *
 * <p>Complexity: per configuration one value for each distinct observation.
 */
final class PseudoScores {
  /** With how many observations of all configurations one without examples would be mixed. */
  static final double POOL = 60;

  private final TallyFormula formula;

  PseudoScores(TallyFormula formula) {
    this.formula = formula;
  }

  /** Sets the values of rows anew, of which some have new scores. */
  void update(Collection<ScoreRow> rows, List<Integer> examples) {
    ObservationTally pool = ObservationTally.of(List.of());
    if (formula.takesFractions()) {
      for (ScoreRow row : rows) {
        pool = pool.plus(row.tally(examples), 1);
      }
    }
    for (ScoreRow row : rows) {
      boolean same = row.hasValue() && (row.full() || !formula.takesFractions());
      if (row.count() > 0 && !same) {
        update(row, pool, examples);
      }
    }
  }

  private void update(ScoreRow row, ObservationTally pool, List<Integer> examples) {
    ObservationTally own = row.tally(examples);
    double missing = 1 - row.count() / (double) examples.size();
    double[] byPlace = of(own, pool, missing);
    Map<Object, Double> byObservation = new HashMap<>();
    for (int i = 0; i < byPlace.length; i++) {
      byObservation.put(own.observations().get(i), byPlace[i]);
    }
    double[] byExample = ScoreRow.noScores(row.scores().length);
    double sum = 0;
    for (int example : examples) {
      Object observation = row.observation(example);
      if (observation != null) {
        byExample[example] = byObservation.getOrDefault(observation, Double.NaN);
        sum += byExample[example];
      }
    }
    row.setValue(row.full() ? formula.value(own) : sum / row.count(), byExample);
  }

  /**
   * The pseudo-scores of the distinct observations of a set, by their places.
   *
   * @param pool observations of all configurations
   * @param missing the share of the examples that the set lacks
   */
  double[] of(ObservationTally own, ObservationTally pool, double missing) {
    boolean mixed = formula.takesFractions() && missing > 0 && !pool.isEmpty();
    ObservationTally center = mixed ? own.plus(pool, POOL * missing / pool.size()) : own;
    double value = formula.value(center);
    double[] influences = new double[center.observations().size()];
    double mean = 0;
    for (int i = 0; i < influences.length; i++) {
      influences[i] = (formula.value(center.add(i, 1)) - value) * (center.size() + 1);
      mean += center.weight(i) * influences[i] / center.size();
    }
    double[] pseudo = new double[own.observations().size()];
    for (int i = 0; i < pseudo.length; i++) {
      pseudo[i] = value + influences[i] - mean;
    }
    return pseudo;
  }
}
