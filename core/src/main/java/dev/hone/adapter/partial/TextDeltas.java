package dev.hone.adapter.partial;

import dev.hone.type.Field;
import dev.hone.type.FieldType;

/**
 * The stretches of one text: without white space at its ends where that is not kept, never half of
 * a character, and not before it is longer than words that say that there is no text.
 */
final class TextDeltas {
  /** Longer than any word for nothing that a text may be, with what may stand around it. */
  private static final int LONGEST_NOTHING = 40;

  private final ShownFields shown;
  private final String name;
  private final boolean stripped;
  private final boolean optional;
  private final StringBuilder held = new StringBuilder();
  private boolean begun;

  /**
   * A text of which nothing has come yet.
   *
   * @param stripped whether white space at its ends is not kept
   */
  TextDeltas(ShownFields shown, Field field, boolean stripped) {
    this.shown = shown;
    this.name = field.name();
    this.stripped = stripped;
    this.optional = field.type() instanceof FieldType.OptionalOf;
  }

  /** The next stretch, which is text for sure. */
  void add(CharSequence text) {
    held.append(text);
    if (!begun && !begins()) {
      return;
    }
    begun = true;
    int end = held.length();
    while (stripped && end > 0 && Character.isWhitespace(held.charAt(end - 1))) {
      end--;
    }
    if (end > 0 && Character.isHighSurrogate(held.charAt(end - 1))) {
      end--;
    }
    if (end > 0) {
      shown.text(name, held.substring(0, end));
      held.delete(0, end);
    }
  }

  private boolean begins() {
    int start = 0;
    while (stripped && start < held.length() && Character.isWhitespace(held.charAt(start))) {
      start++;
    }
    held.delete(0, start);
    return held.length() > (optional ? LONGEST_NOTHING : 0);
  }

  /** Whether something was shown; if not, what is held is the whole text. */
  boolean begun() {
    return begun;
  }

  /** What is held. */
  String held() {
    return held.toString();
  }
}
