package dev.hone.coerce;

import dev.hone.text.FoldedName;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.Choice;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the allowed value that a text means. */
final class ChoiceNames {
  private static final Pattern QUALIFIED =
      Pattern.compile("(?:[\\p{L}_$][\\w$]*+(?:\\.|::))+(\\p{L}.*)", Pattern.DOTALL);

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
    return found == null ? qualified(choice, RawText.bare(text)) : found;
  }

  /** The value after the name of its type and a dot or two colons, as programs write it. */
  private static @Nullable String qualified(Choice choice, String text) {
    if (text.indexOf('.') < 0 && text.indexOf("::") < 0) {
      return null;
    }
    Matcher matcher = QUALIFIED.matcher(text);
    return matcher.matches() ? folded(choice, RawText.bare(matcher.group(1))) : null;
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
