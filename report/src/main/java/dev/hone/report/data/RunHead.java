package dev.hone.report.data;

/**
 * What a run is, when it began and how it ended.
 *
 * @param name what it is called, such as {@code tickets}
 * @param optimizer the optimizer's name; empty before it is known
 * @param model the model that the program calls; empty before it is known
 * @param status {@code running}, {@code finished}, {@code failed} or {@code stopped}
 * @param reason why it failed or was stopped, in a sentence; else empty
 * @param startedAt when it began, as ISO 8601 in UTC
 * @param updatedAt when something was last known of it, as ISO 8601 in UTC
 * @param seconds the seconds from its begin to what was last known of it
 */
public record RunHead(
    String name,
    String optimizer,
    String model,
    String status,
    String reason,
    String startedAt,
    String updatedAt,
    double seconds) {
  /** The status of a run that goes on. */
  public static final String RUNNING = "running";

  /** The status of a run that ended with a result. */
  public static final String FINISHED = "finished";

  /** The status of a run that ended with an error. */
  public static final String FAILED = "failed";

  /** The status of a run that was ended from outside, and kept what it found. */
  public static final String STOPPED = "stopped";

  /** Nothing is known. */
  public static final RunHead NONE = new RunHead("", "", "", "", "", "", "", 0);

  /** Fills in what is missing. */
  public RunHead {
    name = Given.text(name);
    optimizer = Given.text(optimizer);
    model = Given.text(model);
    status = Given.text(status);
    reason = Given.text(reason);
    startedAt = Given.text(startedAt);
    updatedAt = Given.text(updatedAt);
    seconds = Given.finite(seconds);
  }

  /** A copy that is called something else. */
  public RunHead withName(String other) {
    return new RunHead(other, optimizer, model, status, reason, startedAt, updatedAt, seconds);
  }

  /** Whether it goes on, by what was last written. */
  public boolean running() {
    return status.equals(RUNNING);
  }
}
