package dev.hone.local;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a text states of a field by its name: {@code order number: A-17}, {@code the order
 * number is A-17}.
 */
final class NamedSpan {
  private static final Pattern VALUE =
      Pattern.compile(
          "\\h*(?:[:=#]|\\b(?:is|was)\\b)\\h*[\"'`“]?([^\\n;\"`“”]{1,200}?)[\"'`”]?"
              + "(?=[,.!?](?:\\s|$)|[\\n;]|$)");

  private NamedSpan() {}

  /** The first value that the text gives; empty if there is none, or none within the limits. */
  static Optional<String> find(ParsedField field, String text) {
    Matcher name = TextTokens.mention(field.name()).matcher(text);
    while (name.find()) {
      Matcher value = VALUE.matcher(text).region(name.end(), text.length());
      if (value.lookingAt() && !value.group(1).isBlank()) {
        String found = value.group(1).strip();
        boolean fits = field.limits().clampSize(found.length()) == found.length();
        return fits ? Optional.of(found) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
