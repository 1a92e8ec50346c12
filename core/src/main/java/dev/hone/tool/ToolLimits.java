package dev.hone.tool;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a tool may be called. Immutable. Defaults: 60 seconds, any number of calls, no permission
 * needed, 20,000 characters of a result.
 */
public final class ToolLimits {
  /** The characters of a result that a model sees by default. */
  public static final int DEFAULT_MAX_RESULT_CHARS = 20_000;

  private static final ToolLimits DEFAULTS =
      new ToolLimits(
          Duration.ofSeconds(60),
          Integer.MAX_VALUE,
          (tool, arguments) -> true,
          DEFAULT_MAX_RESULT_CHARS);

  private final Duration timeout;
  private final int maxCalls;
  private final Permission permission;
  private final int maxResultChars;

  private ToolLimits(Duration timeout, int maxCalls, Permission permission, int maxResultChars) {
    this.timeout = timeout;
    this.maxCalls = maxCalls;
    this.permission = permission;
    this.maxResultChars = maxResultChars;
  }

  /**
   * Says whether a call may be made. Asked on the thread of the agent, with its context bound, for
   * one call after the other, before any call of the turn is made; so it may ask a person, whose
   * time does not count. Must be thread-safe.
   */
  @FunctionalInterface
  public interface Permission {
    /**
     * Whether a call may be made. Throwing anything denies it; the model is told the message.
     *
     * @param tool the tool's name
     * @param arguments what it would be called with, as the tool understands it; a copy
     */
    boolean allows(String tool, ObjectNode arguments);
  }

  /** The limits of a tool of which nothing else is said. */
  public static ToolLimits defaults() {
    return DEFAULTS;
  }

  /**
   * A copy with another timeout.
   *
   * @throws InvalidInputException if it is null, zero or negative
   */
  public ToolLimits withTimeout(Duration value) {
    if (SettingCheck.given("timeout", value).isZero() || value.isNegative()) {
      throw InvalidInputException.of(
          "The timeout of a tool (%s) is not positive".formatted(value), "use PT60S");
    }
    return new ToolLimits(value, maxCalls, permission, maxResultChars);
  }

  /**
   * A copy with another number of calls.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public ToolLimits withMaxCalls(int value) {
    SettingCheck.atLeast("maxCalls", value, 1);
    return new ToolLimits(timeout, value, permission, maxResultChars);
  }

  /** A copy with another permission, in place of the one before. */
  public ToolLimits withPermission(Permission value) {
    return new ToolLimits(
        timeout, maxCalls, SettingCheck.given("permission", value), maxResultChars);
  }

  /**
   * A copy with another limit on results.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public ToolLimits withMaxResultChars(int value) {
    SettingCheck.atLeast("maxResultChars", value, 1);
    return new ToolLimits(timeout, maxCalls, permission, value);
  }

  /**
   * How long a call may take. Then it is interrupted; if it ignores that for a second, it is left
   * behind on its daemon thread.
   */
  public Duration timeout() {
    return timeout;
  }

  /** The most calls in one run of an agent; {@link Integer#MAX_VALUE} for any number. */
  public int maxCalls() {
    return maxCalls;
  }

  /** Says whether a call may be made. */
  public Permission permission() {
    return permission;
  }

  /** The most characters of a result that the model sees. */
  public int maxResultChars() {
    return maxResultChars;
  }

  /** One line, such as {@code ToolLimits[PT60S, 3 calls, 20000 characters]}. */
  @Override
  public String toString() {
    return "ToolLimits[%s, %s, %d characters]"
        .formatted(
            timeout,
            maxCalls == Integer.MAX_VALUE ? "any number of calls" : maxCalls + " calls",
            maxResultChars);
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof ToolLimits limits
        && limits.timeout.equals(timeout)
        && limits.maxCalls == maxCalls
        && limits.permission.equals(permission)
        && limits.maxResultChars == maxResultChars;
  }

  @Override
  public int hashCode() {
    return Objects.hash(timeout, maxCalls, permission, maxResultChars);
  }
}
