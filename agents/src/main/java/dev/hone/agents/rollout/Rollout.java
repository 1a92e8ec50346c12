package dev.hone.agents.rollout;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program among several on the same input.
 *
 * @param index its place among them, from 0
 * @param output what it returned; null if it failed
 * @param reward what it was worth; NaN if it failed
 * @param failure why it failed; null if it returned
 * @param <O> what the program returns
 */
public record Rollout<O>(
    int index, @Nullable O output, double reward, @Nullable RuntimeException failure) {
  /** What it returned, unless it failed. */
  public Optional<O> answer() {
    return Optional.ofNullable(output);
  }
}
