package dev.hone.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a text, as metrics compare them: in lower case, without English articles and without
 * the punctuation of prose; the signs of a value stay ({@link ValueSigns}).
 *
 * <p>Source: the normalization of SQuAD, which the reference uses and {@link AnswerText} has.
 * Differs from the reference: C++ is not C, 1/2 is not 12, and -5 is not 5; each Chinese, Japanese
 * or Thai character is a word, since those scripts put no spaces.
 */
final class AnswerTokens {
  private static final Pattern UNSPACED =
      Pattern.compile("([\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}])");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /** The words of two texts that are compared. */
  record Pair(List<String> expected, List<String> actual) {}

  private AnswerTokens() {}

  /**
   * The words of both texts. Where nothing is left of the expected one, since it is an article,
   * such as the choice "A", articles stay in both; where it is punctuation, such as "?", that stays
   * too. Where a text ends with "a", as "type A" does, that is no article, and stays in both.
   */
  static Pair of(String expected, String actual) {
    Set<String> articles =
        endsWithA(expected) || endsWithA(actual) ? Set.of("an", "the") : ARTICLES;
    Pair words =
        without(ARTICLES, expected).isEmpty()
            ? new Pair(bare(expected), bare(actual))
            : new Pair(without(articles, expected), without(articles, actual));
    return words.expected().isEmpty()
        ? new Pair(split(ValueSigns.normal(expected)), split(ValueSigns.normal(actual)))
        : words;
  }

  private static boolean endsWithA(String text) {
    List<String> words = bare(text);
    int last = words.size() - 1;
    return last > 0 && words.get(last).equals("a") && !ARTICLES.contains(words.get(last - 1));
  }

  private static List<String> without(Set<String> articles, String text) {
    return bare(text).stream().filter(word -> !articles.contains(word)).toList();
  }

  private static List<String> bare(String text) {
    return split(ValueSigns.withoutProse(text));
  }

  private static List<String> split(String text) {
    return Arrays.stream(SPACE.split(UNSPACED.matcher(text).replaceAll(" $1 ")))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
