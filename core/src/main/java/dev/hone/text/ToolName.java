package dev.hone.text;

import java.util.regex.Pattern;

/** Names of tools in the form that all providers take: 1 to 64 letters, digits, _ and -. */
public final class ToolName {
  private static final int MOST_CHARS = 64;
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9_-]");

  private ToolName() {}

  /** A text as such a name: other characters become {@code _}, what is too long is cut. */
  public static String of(String text) {
    return text.isEmpty()
        ? "unnamed"
        : Excerpt.prefix(OTHER.matcher(text).replaceAll("_"), MOST_CHARS);
  }
}
