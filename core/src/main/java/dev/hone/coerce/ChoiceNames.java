package dev.hone.coerce;

import dev.hone.text.FoldedName;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.Choice;
import org.jspecify.annotations.Nullable;

/** Finds the allowed value that a text means. */
final class ChoiceNames {
  private ChoiceNames() {}

  /**
   * The exact name of the allowed value that a text means, or null. Exact names come first; then
   * case, spaces, underscores, hyphens, surrounding quotes and the like, and the name of the type
   * in front do not count, as long as only one value remains.
   */
  static @Nullable String find(Choice choice, String text) {
    String exact = exact(choice, text);
    if (exact != null) {
      return exact;
    }
    if (text.length() > 4 * longest(choice) + 40) {
      return null;
    }
    String found = folded(choice, text.strip());
    if (found == null) {
      found = folded(choice, RawText.bare(text));
    }
    int dot = text.lastIndexOf('.', text.length() - 3);
    if (found == null && dot > 0 && Character.isLetter(text.charAt(dot + 1))) {
      found = folded(choice, RawText.bare(text.substring(dot + 1)));
    }
    return found;
  }

  private static int longest(Choice choice) {
    return choice.allowed().stream().mapToInt(value -> value.name().length()).max().orElse(0);
  }

  private static @Nullable String exact(Choice choice, String text) {
    for (Allowed value : choice.allowed()) {
      if (value.name().equals(text)) {
        return value.name();
      }
    }
    return null;
  }

  private static @Nullable String folded(Choice choice, String text) {
    String found = exact(choice, text);
    if (found != null) {
      return found;
    }
    String wanted = FoldedName.keepingEdges(text);
    for (Allowed value : choice.allowed()) {
      if (FoldedName.keepingEdges(value.name()).equals(wanted)) {
        if (found != null) {
          return null;
        }
        found = value.name();
      }
    }
    return found;
  }
}
