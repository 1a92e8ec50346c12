package dev.hone.program;

import dev.hone.lm.LmUsage;
import org.jspecify.annotations.Nullable;

/**
 * One reply on the way to a predictor's answer.
 *
 * @param adapterId the adapter that asked
 * @param reply the raw text
 * @param problem why it could not be read; null if it could
 * @param usage the tokens it cost
 * @param cached whether it came from the cache
 */
public record Attempt(
    String adapterId, String reply, @Nullable String problem, LmUsage usage, boolean cached) {}
