package dev.hone.report.data;

/**
 * Failures of one kind.
 *
 * @param kind what failed: {@code program}, {@code metric}, {@code judge} or {@code model}
 * @param error the simple name of what was thrown
 * @param count how often
 * @param example the message of the first, without anything that looks like a credential
 */
public record FailureEntry(String kind, String error, int count, String example) {
  /** Fills in what is missing. */
  public FailureEntry {
    kind = Given.text(kind);
    error = Given.text(error);
    example = Given.text(example);
  }
}
