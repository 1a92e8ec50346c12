package dev.hone.exchange.dspy;

import dev.hone.text.FoldedName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DSPy saves of a field: neither its name nor its type.
 *
 * @param prefix its name in words and a colon, such as {@code Search Query:}
 * @param description what it means; {@code ${search_query}} if nothing was said
 */
public record DspyField(String prefix, String description) {
  private static final Pattern NAME_ONLY = Pattern.compile("\\$\\{(\\w+)}");

  /** The field's name, where its description is the name in braces. */
  Optional<String> name() {
    Matcher name = NAME_ONLY.matcher(description.strip());
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /** What its prefix says the name is, without case, spaces and underscores. */
  String foldedPrefix() {
    return FoldedName.of(prefix.strip().replaceAll(":$", ""));
  }

  /** The prefix as a name: lower case, with underscores. */
  String nameOfPrefix() {
    String words = prefix.strip().replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_+|_+$", "");
    String name = words.toLowerCase(java.util.Locale.ROOT);
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "field_" + name : name;
  }

  /** Whether it can be the field of a name; what people wrote themselves can be any. */
  boolean fits(String fieldName) {
    String folded = FoldedName.of(fieldName);
    return name()
        .map(own -> FoldedName.of(own).equals(folded))
        .orElseGet(() -> foldedPrefix().equals(folded));
  }

  /** What was said of it; empty for nothing. */
  String meaning() {
    return name().isPresent() ? "" : description;
  }

  /** What DSPy saves of a field of Hone. */
  static DspyField of(String name, String description) {
    return new DspyField(prefix(name), description.isEmpty() ? "${" + name + "}" : description);
  }

  /** A name in words, as DSPy makes it: {@code searchQuery2} is {@code Search Query 2:}. */
  static String prefix(String name) {
    String split =
        name.replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([a-zA-Z])(\\d)", "$1_$2")
            .replaceAll("(\\d)([a-zA-Z])", "$1_$2");
    StringBuilder words = new StringBuilder();
    for (String word : split.split("_", -1)) {
      words.append(words.isEmpty() ? "" : " ").append(capital(word));
    }
    return words + ":";
  }

  private static String capital(String word) {
    boolean acronym =
        word.chars().anyMatch(Character::isUpperCase)
            && word.chars().noneMatch(Character::isLowerCase);
    return word.isEmpty() || acronym
        ? word
        : word.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
            + word.substring(1).toLowerCase(java.util.Locale.ROOT);
  }
}
