package dev.hone.benchmarks.small;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The kinds of small tasks. Those of the first three have the components that {@link ComponentFit}
 * estimates of recorded outcomes, to three digits; the others change what their names say.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum SmallFamily {
  /** As the stand-in model with at most 4 demos, both tasks in turn. */
  STANDIN_4(1, List.of(RecordedCell.SUPPORT_4, RecordedCell.MODERATION_4)),
  /** As the stand-in model with at most 16 demos, both tasks in turn. */
  STANDIN_16(1, List.of(RecordedCell.SUPPORT_16, RecordedCell.MODERATION_16)),
  /** As the embedded model, both tasks in turn. */
  EMBEDDED(1, List.of(RecordedCell.EMBEDDED_SUPPORT, RecordedCell.EMBEDDED_MODERATION)),
  /** Candidates differ three times as much. */
  WIDE(3, RecordedCell.STANDIN),
  /** Candidates differ half as much. */
  NARROW(0.5, RecordedCell.STANDIN),
  /** The program as it came is the best of all; candidates differ twice as much. */
  BASELINE_BEST(2, RecordedCell.STANDIN),
  /** Outcomes hardly depend on the example: a model at a high temperature, or noisy labels. */
  NOISY(2, List.of(RecordedCell.SUPPORT_4.noisy(), RecordedCell.SUPPORT_16.noisy())),
  /** Graded scores; candidates differ twice as much. */
  GRADED(2, List.of(RecordedCell.MODERATION_4, RecordedCell.MODERATION_16)),
  /** Two or three predictors; candidates of each differ twice as much. */
  SEVERAL(2, RecordedCell.STANDIN);

  private static final List<SmallShape> ONE_PREDICTOR =
      List.of(
          new SmallShape(1, 3, 6),
          new SmallShape(1, 6, 12),
          new SmallShape(1, 3, 6),
          new SmallShape(1, 4, 8),
          new SmallShape(1, 12, 12),
          new SmallShape(1, 3, 3));

  private static final List<SmallShape> SEVERAL_PREDICTORS =
      List.of(new SmallShape(2, 3, 6), new SmallShape(3, 3, 6), new SmallShape(2, 6, 8));

  private final double spread;
  private final List<RecordedCell> cells;

  SmallFamily(double spread, List<RecordedCell> cells) {
    this.spread = spread;
    this.cells = cells;
  }

  /** The components of the surface of a number. */
  VarianceComponents components(int number) {
    return cells.get(number % cells.size()).components().spread(spread);
  }

  /** The shape of the surface of a number. */
  SmallShape shape(int number) {
    List<SmallShape> shapes = this == SEVERAL ? SEVERAL_PREDICTORS : ONE_PREDICTOR;
    return shapes.get(number / 2 % shapes.size());
  }

  /** The most demos of a set of the surface of a number, as where its components come from. */
  int demoLimit(int number) {
    return cells.get(number % cells.size()).demoLimit();
  }

  /**
   * What the choices of a dimension add to the true score.
   *
   * @param deviation the standard deviation
   * @param gap how far choice 0 is above the mean of the others
   */
  double[] effects(int choices, double deviation, double gap, SplittableRandom random) {
    double[] effects = new double[choices];
    double highest = 0;
    for (int choice = 0; choice < choices; choice++) {
      effects[choice] = deviation * random.nextGaussian() + (choice == 0 ? gap : 0);
      highest = choice == 0 ? highest : Math.max(highest, effects[choice]);
    }
    if (this == BASELINE_BEST) {
      effects[0] = highest + deviation / 2 * Math.abs(random.nextGaussian());
    }
    return effects;
  }

  /** What a pair of choices adds. */
  double pair(boolean baseline, double deviation, SplittableRandom random) {
    double value = deviation * random.nextGaussian();
    return this == BASELINE_BEST ? (baseline ? 0 : -Math.abs(value)) : value;
  }
}
