package dev.hone.benchmarks.small;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The kinds of small tasks. Those of the first five have the components that {@link ComponentFit}
 * estimates of recorded outcomes, to three digits; the others change what their names say.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum SmallFamily {
  /** As the stand-in model with at most 4 demos, both tasks in turn. */
  STANDIN_4(1, List.of(Recorded.SUPPORT_4, Recorded.MODERATION_4)),
  /** As the stand-in model with at most 16 demos, both tasks in turn. */
  STANDIN_16(1, List.of(Recorded.SUPPORT_16, Recorded.MODERATION_16)),
  /** As the embedded model, both tasks in turn. */
  EMBEDDED(1, List.of(Recorded.EMBEDDED_SUPPORT, Recorded.EMBEDDED_MODERATION)),
  /** Candidates differ three times as much. */
  WIDE(3, Recorded.STANDIN),
  /** Candidates differ half as much. */
  NARROW(0.5, Recorded.STANDIN),
  /** The program as it came is the best of all; candidates differ twice as much. */
  BASELINE_BEST(2, Recorded.STANDIN),
  /** Outcomes hardly depend on the example: a model at a high temperature, or noisy labels. */
  NOISY(2, List.of(Recorded.noisy(Recorded.SUPPORT_4), Recorded.noisy(Recorded.SUPPORT_16))),
  /** Graded scores; candidates differ twice as much. */
  GRADED(2, List.of(Recorded.MODERATION_4, Recorded.MODERATION_16)),
  /** Two or three predictors; candidates of each differ twice as much. */
  SEVERAL(2, Recorded.STANDIN);

  /** The estimates of {@link ComponentFit}. */
  static final class Recorded {
    static final VarianceComponents SUPPORT_4 =
        new VarianceComponents(
            0.529, 0.0002, 0.0007, 0.0004, 0.145, 0.0141, 0.0341, 0.0555, -0.031, 0.022);
    static final VarianceComponents SUPPORT_16 =
        new VarianceComponents(
            0.594, 0.0001, 0.0000, 0.0001, 0.133, 0.0106, 0.0436, 0.0536, -0.008, -0.046);
    static final VarianceComponents MODERATION_4 =
        new VarianceComponents(
            0.433, 0.0004, 0.0000, 0.0003, 0.070, 0.0141, 0.0331, 0.0341, -0.020, -0.002);
    static final VarianceComponents MODERATION_16 =
        new VarianceComponents(
            0.498, 0.0005, 0.0003, 0.0001, 0.077, 0.0140, 0.0237, 0.0340, -0.002, -0.069);
    static final VarianceComponents EMBEDDED_SUPPORT = SUPPORT_16;
    static final VarianceComponents EMBEDDED_MODERATION = MODERATION_16;
    static final List<VarianceComponents> STANDIN =
        List.of(SUPPORT_4, MODERATION_4, SUPPORT_16, MODERATION_16);

    /** Without demos the recorded score is lower by more than this where 16 are shown. */
    static final double FEW_DEMOS_GAP = -0.03;

    private Recorded() {}

    /** A copy in which a fifth of what an example shares is left, and the rest is noise. */
    static VarianceComponents noisy(VarianceComponents of) {
      double kept = 0.2;
      return new VarianceComponents(
          of.mean(),
          of.instructions(),
          of.demos(),
          of.pairs(),
          kept * of.examples(),
          kept * of.instructionOnExample(),
          kept * of.demosOnExample(),
          of.onExamples() - kept * (of.onExamples() - of.rest()),
          of.givenGap(),
          of.noDemosGap());
    }
  }

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
  private final List<VarianceComponents> components;

  SmallFamily(double spread, List<VarianceComponents> components) {
    this.spread = spread;
    this.components = components.stream().map(each -> each.spread(spread)).toList();
  }

  /** The components of the surface of a number. */
  VarianceComponents components(int number) {
    return components.get(number % components.size());
  }

  /** The shape of the surface of a number. */
  SmallShape shape(int number) {
    List<SmallShape> shapes = this == SEVERAL ? SEVERAL_PREDICTORS : ONE_PREDICTOR;
    return shapes.get(number / 2 % shapes.size());
  }

  /** The most demos of a set of the surface of a number: the components' own. */
  int demoLimit(int number) {
    return components(number).noDemosGap() > spread * Recorded.FEW_DEMOS_GAP ? 4 : 16;
  }

  /** The factor by which standard deviations between configurations are larger than recorded. */
  double spread() {
    return spread;
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
