package dev.hone.benchmarks.quality;

/**
 * What a finished race said of itself, and what was true.
 *
 * @param confident whether it ended because it was sure
 * @param baseline whether it returned the baseline
 * @param anotherBetter whether some configuration is truly better than the returned one by over the
 *     tolerance
 * @param stated its confidence that the returned one is no worse than the baseline
 * @param noWorse whether that is true
 */
record Judged(
    boolean confident, boolean baseline, boolean anotherBetter, double stated, boolean noWorse) {}
