package dev.hone.benchmarks.sidebyside;

import dev.hone.InvalidInputException;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.mipro.MiproV2;
import java.util.List;

/**
 * What of Hone is run, by the name that it has in results and tables.
 *
 * @param name its name
 * @param demos the most demos of a prompt; 0 for Hone's own defaults
 * @param budget how many times the default's trials; 0 for labelled demos unsearched
 */
record HoneVariant(String name, int demos, double budget) {
  /** The trials of the preset light with one predictor. */
  private static final int TRIALS = 10;

  /** How many times the default budget takes about the tokens of DSPy, found on seeds 1 to 8. */
  private static final double EQUAL_OF_4 = 1.6;

  private static final double EQUAL_OF_16 = 1.2;

  /** All of them. */
  static final List<HoneVariant> ALL =
      List.of(
          new HoneVariant("hone", 0, 1),
          new HoneVariant("hone-4-half", 4, 1),
          new HoneVariant("hone-4-equal", 4, EQUAL_OF_4),
          new HoneVariant("hone-16-half", 16, 1),
          new HoneVariant("hone-16-equal", 16, EQUAL_OF_16),
          new HoneVariant("hone-labelled", 16, 0));

  /**
   * The variant of a name.
   *
   * @throws InvalidInputException if there is none
   */
  static HoneVariant named(String name) {
    return ALL.stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "There is no variant \"%s\", expected one of %s"
                        .formatted(name, ALL.stream().map(HoneVariant::name).toList()),
                    "check the names after --variants"));
  }

  /** The optimizer with these settings; all others are Hone's defaults. */
  Optimizer<?> optimizer(long seed) {
    return budget == 0
        ? LabeledFewShot.defaults().maxLabeledDemos(demos).seed(seed)
        : search(demos, budget, seed);
  }

  /** The preset light with at most a number of demos and some times its trials. */
  static MiproV2 search(int demos, double budget, long seed) {
    MiproV2 light = MiproV2.light().seed(seed);
    MiproV2 limited =
        demos == 0 ? light : light.maxLabeledDemos(demos).maxBootstrappedDemos(Math.min(4, demos));
    return budget == 1 ? limited : limited.trials((int) Math.round(TRIALS * budget));
  }
}
