package dev.hone.program;

import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One reply on the way to a predictor's answer. Immutable. */
public final class Attempt {
  private final String adapterId;
  private final String reply;
  private final @Nullable String problem;
  private final LmUsage usage;
  private final boolean cached;

  private Attempt(String adapterId, LmResponse response, @Nullable String problem) {
    this.adapterId = adapterId;
    this.reply = response.text();
    this.problem = problem;
    this.usage = response.usage();
    this.cached = response.cached();
  }

  /**
   * An attempt.
   *
   * @param adapterId the adapter that asked
   * @param response the reply
   * @param problem why it could not be read; null if it could
   */
  public static Attempt of(String adapterId, LmResponse response, @Nullable String problem) {
    return new Attempt(adapterId, response, problem);
  }

  /** The adapter that asked. */
  public String adapterId() {
    return adapterId;
  }

  /** The raw text of the reply. */
  public String reply() {
    return reply;
  }

  /** Why it could not be read; null if it could. */
  public @Nullable String problem() {
    return problem;
  }

  /** The tokens it cost. */
  public LmUsage usage() {
    return usage;
  }

  /** Whether it came from the cache. */
  public boolean cached() {
    return cached;
  }

  /** Equal in all that it holds. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attempt attempt
        && adapterId.equals(attempt.adapterId)
        && reply.equals(attempt.reply)
        && Objects.equals(problem, attempt.problem)
        && usage.equals(attempt.usage)
        && cached == attempt.cached;
  }

  @Override
  public int hashCode() {
    return Objects.hash(adapterId, reply, problem);
  }

  /** One line, such as {@code Attempt[chat/1, read]}. */
  @Override
  public String toString() {
    return "Attempt[" + adapterId + ", " + (problem == null ? "read" : problem) + "]";
  }
}
