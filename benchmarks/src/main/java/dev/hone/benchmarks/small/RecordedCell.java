package dev.hone.benchmarks.small;

import java.util.List;

/**
 * What {@link ComponentFit} estimates of the recorded runs of a model on a task, negative estimates
 * as zero.
 *
 * @param components the variance components
 * @param demoLimit the most demos of a set
 */
record RecordedCell(VarianceComponents components, int demoLimit) {
  static final RecordedCell SUPPORT_4 =
      new RecordedCell(
          new VarianceComponents(
              0.539, 0.0002, 0.0007, 0.0004, 0.145, 0.0141, 0.0341, 0.0555, -0.031, 0.022),
          4);
  static final RecordedCell SUPPORT_16 =
      new RecordedCell(
          new VarianceComponents(
              0.597, 0.0001, 0.0000, 0.0001, 0.133, 0.0106, 0.0436, 0.0536, -0.008, -0.046),
          16);
  static final RecordedCell MODERATION_4 =
      new RecordedCell(
          new VarianceComponents(
              0.440, 0.0004, 0.0000, 0.0003, 0.070, 0.0141, 0.0331, 0.0341, -0.020, -0.002),
          4);
  static final RecordedCell MODERATION_16 =
      new RecordedCell(
          new VarianceComponents(
              0.499, 0.0005, 0.0003, 0.0001, 0.077, 0.0140, 0.0237, 0.0340, -0.002, -0.069),
          16);
  static final RecordedCell EMBEDDED_SUPPORT =
      new RecordedCell(
          new VarianceComponents(
              0.702, 0.0001, 0.0001, 0.0001, 0.163, 0.0136, 0.0076, 0.0259, -0.073, -0.007),
          16);
  static final RecordedCell EMBEDDED_MODERATION =
      new RecordedCell(
          new VarianceComponents(
              0.604, 0.0003, 0.0002, 0.0001, 0.074, 0.0154, 0.0293, 0.0265, -0.104, -0.070),
          16);

  /** Those of the stand-in model. */
  static final List<RecordedCell> STANDIN =
      List.of(SUPPORT_4, MODERATION_4, SUPPORT_16, MODERATION_16);

  /** What a noisy model leaves of what the example decides. */
  private static final double KEPT = 0.2;

  /** A copy in which a fifth of what is common on an example is left, and the rest is noise. */
  RecordedCell noisy() {
    VarianceComponents of = components;
    VarianceComponents noisy =
        new VarianceComponents(
            of.mean(),
            of.instructions(),
            of.demos(),
            of.pairs(),
            KEPT * of.examples(),
            KEPT * of.instructionOnExample(),
            KEPT * of.demosOnExample(),
            of.onExamples() - KEPT * (of.onExamples() - of.rest()),
            of.givenGap(),
            of.noDemosGap());
    return new RecordedCell(noisy, demoLimit);
  }
}
