package dev.hone.batch;

import dev.hone.SettingCheck;
import dev.hone.observe.EventListener;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a batch. Immutable.
 *
 * @param maxInFlight the most rows under way at once
 * @param maxErrors the most rows that may fail
 * @param maxErrorRate the largest share of rows that may fail
 * @param listeners who is notified of its events
 */
record BatchLimits(
    int maxInFlight, long maxErrors, double maxErrorRate, List<EventListener> listeners) {
  /** Shares of fewer rows say little. */
  static final int LEAST_ROWS_FOR_RATE = 100;

  static final BatchLimits NONE =
      new BatchLimits(Integer.MAX_VALUE, Long.MAX_VALUE, 1, List.of());

  BatchLimits {
    SettingCheck.atLeast("maxInFlight", maxInFlight, 1);
    SettingCheck.atLeast("maxErrors", (double) maxErrors, 0, 100);
    SettingCheck.between("maxErrorRate", maxErrorRate, 0, 1, 0.1);
    listeners = List.copyOf(listeners);
  }

  boolean isSet() {
    return maxErrors < Long.MAX_VALUE || maxErrorRate < 1;
  }

  BatchLimits withMaxInFlight(int value) {
    return new BatchLimits(value, maxErrors, maxErrorRate, listeners);
  }

  BatchLimits withMaxErrors(long value) {
    return new BatchLimits(maxInFlight, value, maxErrorRate, listeners);
  }

  BatchLimits withMaxErrorRate(double value) {
    return new BatchLimits(maxInFlight, maxErrors, value, listeners);
  }

  BatchLimits withListener(EventListener value) {
    List<EventListener> more = new ArrayList<>(listeners);
    more.add(SettingCheck.given("listener", value));
    return new BatchLimits(maxInFlight, maxErrors, maxErrorRate, more);
  }
}
