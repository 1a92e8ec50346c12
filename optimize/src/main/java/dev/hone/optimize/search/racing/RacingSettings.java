package dev.hone.optimize.search.racing;

import dev.hone.SettingCheck;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link RacingSearch}, where each is described.
 *
 * @param blockSize null for one by the number of examples
 * @param pointsPerThousandTokens null for what follows from the budget
 */
record RacingSettings(
    @Nullable Integer blockSize,
    @Nullable Double pointsPerThousandTokens,
    double budgetFraction,
    boolean wholeValset) {
  static final double BUDGET_FRACTION = 0.34;

  static final RacingSettings DEFAULTS = new RacingSettings(null, null, BUDGET_FRACTION, false);

  RacingSettings {
    SettingCheck.atLeast("blockSize", blockSize, 1);
    if (pointsPerThousandTokens != null) {
      SettingCheck.atLeast("pointsPerThousandTokens", pointsPerThousandTokens, 0, 0.01);
    }
    SettingCheck.over("budgetFraction", budgetFraction, 0, BUDGET_FRACTION);
  }

  RacingSettings withBlockSize(@Nullable Integer examples) {
    return new RacingSettings(examples, pointsPerThousandTokens, budgetFraction, wholeValset);
  }

  RacingSettings withPointsPerThousandTokens(@Nullable Double points) {
    return new RacingSettings(blockSize, points, budgetFraction, wholeValset);
  }

  RacingSettings withBudgetFraction(double fraction) {
    return new RacingSettings(blockSize, pointsPerThousandTokens, fraction, wholeValset);
  }

  RacingSettings withWholeValset(boolean whole) {
    return new RacingSettings(blockSize, pointsPerThousandTokens, budgetFraction, whole);
  }
}
