package dev.hone.data.summary;

import java.util.Locale;

/**
 * How often a label has a value.
 *
 * @param value the value, as text
 * @param count the number of examples that have it
 * @param share {@code count} by the number of examples that have any value in that field, from 0 to
 *     1; for lists and sets the shares can add up to more than 1
 */
public record ValueShare(String value, int count, double share) {
  /** Such as {@code SPAM 12.5% (4)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.1f%% (%d)", value, 100 * share, count);
  }
}
