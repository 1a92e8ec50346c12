package dev.hone.local;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Splits texts into words and sentences, and names into words. */
final class TextTokens {
  private static final Set<String> COMMON =
      Set.of(
          ("a an the and or but if then so of in on at to for from by with about as is are was were"
                  + " be been am do does did have has had it its this that these those i you he she"
                  + " we they me my your our their his her them us what which who how when where"
                  + " why not no yes can could will would should may might just any all some there"
                  + " here")
              .split(" "));

  private TextTokens() {}

  /** A name such as {@code SELF_HARM} or {@code dueDate} in words. */
  static String ofName(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
        .replaceAll("[_\\-]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** Where a text mentions a name, as it is or in words. */
  static Pattern mention(String name) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}_])(?:%s|%s)(?![\\p{L}\\p{N}_])"
            .formatted(Pattern.quote(name), Pattern.quote(ofName(name))),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Whether a word is one of about 100 that carry little meaning. */
  static boolean isCommon(String word) {
    return COMMON.contains(word.toLowerCase(Locale.ROOT));
  }

  /** The words that carry meaning, lower case, in order. */
  static Stream<String> content(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+"))
        .filter(word -> word.length() > 1 && !COMMON.contains(word));
  }

  /** The sentences of a text, also ended by line breaks. */
  static List<String> sentences(String text) {
    return Arrays.stream(text.split("(?<=[.!?])\\s+|\\R+"))
        .map(String::strip)
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  /** The number of words of a text, separated by white space. */
  static long count(String text) {
    long count = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean word = !Character.isWhitespace(text.charAt(i));
      count += word && !inside ? 1 : 0;
      inside = word;
    }
    return count;
  }
}
