package dev.hone.report.data;

/**
 * Calls waited for a model.
 *
 * @param model the model's id
 * @param atSeconds when the waiting was told
 * @param seconds how long it was to the next attempt
 * @param reason why
 */
public record WaitEntry(String model, double atSeconds, double seconds, String reason) {
  /** Fills in what is missing. */
  public WaitEntry {
    model = Given.text(model);
    atSeconds = Given.finite(atSeconds);
    seconds = Given.finite(seconds);
    reason = Given.text(reason);
  }
}
