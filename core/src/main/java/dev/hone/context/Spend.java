package dev.hone.context;

import dev.hone.lm.LmUsage;
import dev.hone.text.Plural;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What work cost. Immutable; equal figures, equal values. */
public final class Spend {
  /** Nothing. */
  public static final Spend NONE = new Spend(0, 0, LmUsage.NONE);

  private final long lmCalls;
  private final long cachedCalls;
  private final LmUsage usage;

  private Spend(long lmCalls, long cachedCalls, LmUsage usage) {
    this.lmCalls = lmCalls;
    this.cachedCalls = cachedCalls;
    this.usage = usage;
  }

  /** The cost of a number of calls, of which some were answered by a cache, and of their tokens. */
  public static Spend of(long lmCalls, long cachedCalls, LmUsage usage) {
    return new Spend(lmCalls, cachedCalls, usage);
  }

  /** Attempts that a model answered or failed to answer. */
  public long lmCalls() {
    return lmCalls;
  }

  /** Calls that a cache answered. */
  public long cachedCalls() {
    return cachedCalls;
  }

  /** The tokens. */
  public LmUsage usage() {
    return usage;
  }

  /** The sum of both. */
  public Spend plus(Spend other) {
    return new Spend(
        lmCalls + other.lmCalls, cachedCalls + other.cachedCalls, usage.plus(other.usage));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Spend spend
        && spend.lmCalls == lmCalls
        && spend.cachedCalls == cachedCalls
        && spend.usage.equals(usage);
  }

  @Override
  public int hashCode() {
    return Objects.hash(lmCalls, cachedCalls, usage);
  }

  /** One line, such as {@code 2 model calls, 1 cached, 30 tokens}. */
  @Override
  public String toString() {
    return "%s, %d cached, %s%d tokens"
        .formatted(
            Plural.of(lmCalls, "model call"),
            cachedCalls,
            usage.known() ? "" : "at least ",
            usage.totalTokens());
  }
}
