package dev.hone.benchmarks.quality;

/**
 * What a finished race said of itself, and what was true.
 *
 * @param early whether it ended because more was not worth its price
 * @param baseline whether it returned the baseline
 * @param lost by how much the best configuration is truly better than the returned one
 * @param lossStated what it expected that to be
 * @param stated its confidence that the returned one is no worse than the baseline
 * @param noWorse whether that is true
 */
record Judged(
    boolean early,
    boolean baseline,
    double lost,
    double lossStated,
    double stated,
    boolean noWorse) {}
