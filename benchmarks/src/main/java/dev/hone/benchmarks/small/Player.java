package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.optimize.search.Configuration;

/** A way to choose a configuration. Sees outcomes and prices, never a true score. */
interface Player {
  /**
   * Plays to the end, and gives what it would return.
   *
   * @param meter the task
   * @param allowance what the rest of the table spends
   * @param seed its randomness
   */
  Configuration play(CallMeter meter, Allowance allowance, long seed);

  /** The plays that are averaged on one task. */
  default int repeats() {
    return 2;
  }
}
