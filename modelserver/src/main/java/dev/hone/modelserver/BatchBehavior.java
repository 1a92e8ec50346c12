package dev.hone.modelserver;

import dev.hone.InvalidInputException;
import java.time.Duration;

/**
 * How a server treats batches: how long they take, and what goes wrong with them. That single
 * requests of a batch fail is up to the {@link FaultPlan}, of which batches know the statuses.
 * Immutable; each method returns a copy.
 *
 * <p>Defaults: a batch is worked on at once, each of its requests is answered, nothing goes wrong.
 */
public final class BatchBehavior {
  private static final BatchBehavior DEFAULTS =
      new BatchBehavior(Duration.ZERO, Duration.ZERO, 0, Integer.MAX_VALUE);

  private final Duration delay;
  private final Duration lateOutput;
  private final int refusedLooks;
  private final int expireAfter;

  private BatchBehavior(Duration delay, Duration lateOutput, int refusedLooks, int expireAfter) {
    this.delay = delay;
    this.lateOutput = lateOutput;
    this.refusedLooks = refusedLooks;
    this.expireAfter = expireAfter;
  }

  /** The defaults. */
  public static BatchBehavior defaults() {
    return DEFAULTS;
  }

  /** Sets the time from when a batch is handed in until it is worked on. */
  public BatchBehavior delay(Duration value) {
    return new BatchBehavior(value, lateOutput, refusedLooks, expireAfter);
  }

  /** Sets the time from the end of a batch until its replies can be fetched. */
  public BatchBehavior lateOutput(Duration value) {
    return new BatchBehavior(delay, value, refusedLooks, expireAfter);
  }

  /** Refuses, with status 429, the first looks at each batch. */
  public BatchBehavior refusedLooks(int value) {
    return new BatchBehavior(delay, lateOutput, notNegative("refusedLooks", value), expireAfter);
  }

  /** Lets a batch expire when this number of its requests is answered. */
  public BatchBehavior expireAfter(int value) {
    return new BatchBehavior(delay, lateOutput, refusedLooks, notNegative("expireAfter", value));
  }

  private static int notNegative(String name, int value) {
    if (value < 0) {
      throw InvalidInputException.of(name + " (" + value + ") is negative", "use 2");
    }
    return value;
  }

  Duration delay() {
    return delay;
  }

  Duration lateOutput() {
    return lateOutput;
  }

  int refusedLooks() {
    return refusedLooks;
  }

  int expireAfter() {
    return expireAfter;
  }

  /** One line with all settings. */
  @Override
  public String toString() {
    return "BatchBehavior[delay %s, lateOutput %s, refusedLooks %d, expireAfter %d]"
        .formatted(delay, lateOutput, refusedLooks, expireAfter);
  }
}
