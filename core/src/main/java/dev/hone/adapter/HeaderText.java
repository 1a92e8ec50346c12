package dev.hone.adapter;

import java.util.regex.Pattern;

/**
 * Section headers as text, and their disguise inside of values. Where a value has text that could
 * be taken for a header, {@code ## severity ##}, each opening pair of hash signs gets a backslash
 * in front; reading a value takes one away. Inside of JSON the first hash sign becomes {@code
 * \u005cu0023} instead, which JSON itself reads back.
 */
final class HeaderText {
  private static final String NAME_AHEAD =
      "(?=[\\h-]*+[\\p{L}\\p{N}_][\\p{L}\\p{N}_\\h-]*+\\\\*+##)";
  private static final Pattern RISKY = Pattern.compile("(\\\\*)##" + NAME_AHEAD);
  private static final Pattern DISGUISED = Pattern.compile("\\\\(\\\\*##" + NAME_AHEAD + ")");
  private static final Pattern RISKY_JSON = Pattern.compile("##" + NAME_AHEAD);

  private HeaderText() {}

  /** The header of a section. */
  static String of(String name) {
    return "[[ ## " + name + " ## ]]";
  }

  /** Disguises what could be taken for a header. */
  static String disguise(String text) {
    return text.contains("##") ? RISKY.matcher(text).replaceAll("$1\\\\##") : text;
  }

  /** Takes the disguise off. */
  static String reveal(String text) {
    return text.contains("\\##") ? DISGUISED.matcher(text).replaceAll("$1") : text;
  }

  /** Disguises what could be taken for a header in a JSON text, without changing what it says. */
  static String disguiseJson(String json) {
    return json.contains("##") ? RISKY_JSON.matcher(json).replaceAll("\\\\u0023#") : json;
  }
}
