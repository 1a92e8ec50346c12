package dev.hone.evaluate;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a text, as metrics compare them: in lower case, without punctuation and English
 * articles.
 *
 * <p>Source: the normalization of SQuAD, which the reference uses. Differs from the reference: the
 * point in 3.5 and the sign of -5 stay, so that 3.5 is not 35; each Chinese, Japanese or Thai
 * character is a word, since those scripts put no spaces.
 */
final class Words {
  private static final Pattern PUNCTUATION =
      Pattern.compile(
          "(?<!\\d)[.]|[.](?!\\d)|(?<![^\\s(])-(?!\\d)|(?<=[^\\s(])-|[\\p{P}\\p{S}&&[^.-]]");
  private static final Pattern UNSPACED =
      Pattern.compile("([\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}])");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  private Words() {}

  static List<String> of(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String bare = PUNCTUATION.matcher(normal).replaceAll("");
    return Arrays.stream(SPACE.split(UNSPACED.matcher(bare).replaceAll(" $1 ")))
        .filter(word -> !word.isEmpty() && !ARTICLES.contains(word))
        .toList();
  }
}
