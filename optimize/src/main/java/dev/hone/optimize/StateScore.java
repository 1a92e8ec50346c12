package dev.hone.optimize;

import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.evaluate.Evaluation;
import dev.hone.stats.Interval;
import dev.hone.stats.ObservationTally;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a program scored under one state, on all examples that the optimizer chooses by.
 *
 * @param scoreMean the mean score as the metric gives it, or the value of the set of all examples
 * @param interval its 95 % confidence interval. For the best of many it is optimistic, since the
 *     best was chosen by this score
 * @param examples the number of examples with a score
 * @param unscoredExamples examples without one: the metric failed, or the model could not be
 *     reached
 * @param penalty what the score is worth less in comparisons, since estimates of the metric's
 *     constraints lack something; 0 without constraints
 */
public record StateScore(
    double scoreMean, Interval interval, int examples, int unscoredExamples, double penalty) {
  /** A score without a penalty. */
  public StateScore(double scoreMean, Interval interval, int examples, int unscoredExamples) {
    this(scoreMean, interval, examples, unscoredExamples, 0);
  }

  /** The score of an evaluation. */
  public static StateScore of(Evaluation<?, ?> evaluation) {
    int scored = (int) evaluation.scores().stream().filter(OptionalDouble::isPresent).count();
    return new StateScore(
        evaluation.score(),
        evaluation.interval(),
        scored,
        evaluation.results().size() - scored,
        penalty(evaluation));
  }

  private static double penalty(Evaluation<?, ?> evaluation) {
    return evaluation
        .corpusMetric()
        .map(
            metric ->
                metric.penalty(
                    ObservationTally.of(
                        evaluation.observations().stream().flatMap(Optional::stream).toList())))
        .orElse(0.0);
  }

  /**
   * Whether it may be chosen before another: it is greater, less its penalty, and no example is
   * missing from it that the other has. So nothing wins because the examples it would have failed
   * were not scored.
   */
  public boolean beats(StateScore other) {
    return scoreMean - penalty > other.scoreMean - other.penalty
        && unscoredExamples <= other.unscoredExamples;
  }

  /** The score under a name, for provenance. */
  public MeasuredScore measured(String name) {
    return new MeasuredScore(name, scoreMean, interval.lower(), interval.upper(), examples);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.3f [%.3f, %.3f]", scoreMean, interval.lower(), interval.upper());
  }
}
