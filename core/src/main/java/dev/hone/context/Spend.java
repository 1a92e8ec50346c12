package dev.hone.context;

import dev.hone.lm.LmUsage;

/**
 * What work cost.
 *
 * @param lmCalls attempts that a model answered or failed to answer
 * @param cachedCalls calls that a cache answered
 * @param usage the tokens
 */
public record Spend(long lmCalls, long cachedCalls, LmUsage usage) {
  /** Nothing. */
  public static final Spend NONE = new Spend(0, 0, LmUsage.NONE);

  /** The sum of both. */
  public Spend plus(Spend other) {
    return new Spend(
        lmCalls + other.lmCalls, cachedCalls + other.cachedCalls, usage.plus(other.usage));
  }
}
