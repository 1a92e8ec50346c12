package dev.hone.benchmarks.sidebyside;

import dev.hone.InvalidInputException;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of Hone is run, by the name that it has in results and tables.
 *
 * @param name its name
 * @param demos the most demos of a prompt; 0 for Hone's own defaults
 * @param search how it searches; null for labelled demos unsearched
 */
record HoneVariant(String name, int demos, @Nullable Search search) {
  /**
   * A race that brings the whole run, bootstrap and proposals included, to about half of DSPy's
   * distinct calls; by the calls of seeds 1 to 8.
   */
  private static final Search HALF = RacingSearch.defaults().budgetFraction(0.27);

  /** Races that spend all of a budget which brings the run to about DSPy's tokens. */
  private static final RacingSearch SPENT = RacingSearch.defaults().pointsPerThousandTokens(0);

  /** All of them. */
  static final List<HoneVariant> ALL =
      List.of(
          new HoneVariant("hone", 0, Search.racing()),
          new HoneVariant("hone-4-half", 4, HALF),
          new HoneVariant("hone-4-equal", 4, SPENT.budgetFraction(0.7)),
          new HoneVariant("hone-16-half", 16, HALF),
          new HoneVariant("hone-16-equal", 16, SPENT.budgetFraction(0.6)),
          new HoneVariant("hone-labelled", 16, null));

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
    return search == null
        ? LabeledFewShot.defaults().maxLabeledDemos(demos).seed(seed)
        : search(demos, seed).search(search);
  }

  /** The preset light with at most a number of demos. */
  static MiproV2 search(int demos, long seed) {
    MiproV2 light = MiproV2.light().seed(seed);
    return demos == 0
        ? light
        : light.maxLabeledDemos(demos).maxBootstrappedDemos(Math.min(4, demos));
  }
}
