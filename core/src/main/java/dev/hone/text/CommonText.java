package dev.hone.text;

import java.util.List;

/** What several texts have in common, in words for a message. */
public final class CommonText {
  private static final int LEAST_PREFIX = 12;

  private CommonText() {}

  /**
   * A sentence that quotes what texts share: all of it, or a beginning that is long enough to say
   * something; else the first of them.
   *
   * @param noun what a text is, such as {@code reply}; its plural ends with {@code ies} for {@code
   *     y}, else with {@code s}
   * @param texts at least one
   * @param most the most characters that are quoted
   */
  public static String of(String noun, List<String> texts, int most) {
    List<String> lines = texts.stream().map(Excerpt::singleSpaced).toList();
    String first = lines.get(0);
    String all = plural(noun);
    if (lines.stream().allMatch(first::equals)) {
      String what = lines.size() == 1 ? "The " + noun + " is" : "All " + all + " are";
      return what + (first.isEmpty() ? " empty." : " \"" + Excerpt.beginning(first, most) + "\".");
    }
    String prefix = prefix(lines);
    return prefix.length() >= LEAST_PREFIX
        ? "All %s begin with \"%s\".".formatted(all, Excerpt.beginning(prefix, most))
        : "The first %s: \"%s\".".formatted(noun, Excerpt.beginning(first, most));
  }

  private static String plural(String noun) {
    return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }

  /** The beginning that all texts share, without half of a word or character at its end. */
  private static String prefix(List<String> texts) {
    String prefix = texts.get(0);
    for (String text : texts) {
      int same = 0;
      int most = Math.min(prefix.length(), text.length());
      while (same < most && prefix.charAt(same) == text.charAt(same)) {
        same++;
      }
      boolean whole = same == prefix.length();
      prefix = whole ? prefix : prefix.substring(0, wordEnd(prefix, same));
    }
    return prefix.strip();
  }

  private static int wordEnd(String text, int end) {
    int space = text.lastIndexOf(' ', end);
    if (space >= 0) {
      return space;
    }
    return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }
}
