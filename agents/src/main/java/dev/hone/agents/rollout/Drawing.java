package dev.hone.agents.rollout;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import org.jspecify.annotations.Nullable;

/**
 * How rollouts are drawn.
 *
 * @param n the most rollouts
 * @param temperature the sampling temperature; null for the context's
 * @param maxInFlight the most rollouts under way at once
 */
record Drawing(int n, @Nullable Double temperature, int maxInFlight) {
  private static final double TEMPERATURE = 1.0;
  private static final int MOST = 100_000;

  static Drawing of(String name, int n) {
    SettingCheck.atLeast(name, n, 1);
    if (n > MOST) {
      throw InvalidInputException.of(
          "%s (%d) is more than %d".formatted(name, n, MOST),
          "lower it, and limit what it may cost by a Budget of the context");
    }
    return new Drawing(n, TEMPERATURE, Integer.MAX_VALUE);
  }

  Drawing temperature(@Nullable Double value) {
    SettingCheck.between("temperature", value, 0, 2, TEMPERATURE);
    return new Drawing(n, value, maxInFlight);
  }

  Drawing maxInFlight(int value) {
    SettingCheck.atLeast("maxInFlight", value, 1);
    return new Drawing(n, temperature, value);
  }
}
