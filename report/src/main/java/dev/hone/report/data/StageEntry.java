package dev.hone.report.data;

import org.jspecify.annotations.Nullable;

/**
 * A stage of a run.
 *
 * @param name its name, such as {@code bootstrap}
 * @param detail what it does, or when it has ended what it gave, in a phrase
 * @param startSeconds when it began
 * @param seconds how long it took; null while it goes on
 * @param spend what it cost so far
 */
public record StageEntry(
    String name, String detail, double startSeconds, @Nullable Double seconds, SpendEntry spend) {
  /** Fills in what is missing. */
  public StageEntry {
    name = Given.text(name);
    detail = Given.text(detail);
    startSeconds = Given.finite(startSeconds);
    seconds = Given.finite(seconds);
    spend = spend == null ? SpendEntry.NONE : spend;
  }
}
