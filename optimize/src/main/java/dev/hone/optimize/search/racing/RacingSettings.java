package dev.hone.optimize.search.racing;

import dev.hone.SettingCheck;

/** The settings of {@link RacingSearch}, where each is described. */
record RacingSettings(
    int blockSize,
    double tolerance,
    double confidence,
    double budgetFraction,
    boolean wholeValset) {
  static final RacingSettings DEFAULTS = new RacingSettings(10, 0.02, 0.8, 0.6, true);

  RacingSettings {
    SettingCheck.atLeast("blockSize", blockSize, 1);
    SettingCheck.atLeast("tolerance", tolerance, 0, 0.02);
    SettingCheck.fraction("confidence", confidence, 0.8);
    SettingCheck.between("confidence", confidence, 0.5, 1, 0.8);
    SettingCheck.over("budgetFraction", budgetFraction, 0, 0.6);
  }

  RacingSettings withBlockSize(int examples) {
    return new RacingSettings(examples, tolerance, confidence, budgetFraction, wholeValset);
  }

  RacingSettings withTolerance(double loss) {
    return new RacingSettings(blockSize, loss, confidence, budgetFraction, wholeValset);
  }

  RacingSettings withConfidence(double probability) {
    return new RacingSettings(blockSize, tolerance, probability, budgetFraction, wholeValset);
  }

  RacingSettings withBudgetFraction(double fraction) {
    return new RacingSettings(blockSize, tolerance, confidence, fraction, wholeValset);
  }

  RacingSettings withWholeValset(boolean whole) {
    return new RacingSettings(blockSize, tolerance, confidence, budgetFraction, whole);
  }
}
