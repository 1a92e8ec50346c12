package dev.hone.report.data;

import java.util.List;

/**
 * What a predictor sends for one example, with what was found.
 *
 * @param predictor its name
 * @param messages the messages, in order
 */
public record SentEntry(String predictor, List<MessageEntry> messages) {
  /** Fills in what is missing. */
  public SentEntry {
    predictor = Given.text(predictor);
    messages = Given.list(messages);
  }

  /**
   * A message.
   *
   * @param role who says it, such as {@code system}
   * @param text what it says
   */
  public record MessageEntry(String role, String text) {
    /** Fills in what is missing. */
    public MessageEntry {
      role = Given.text(role);
      text = Given.text(text);
    }
  }
}
