package dev.hone.metric;

import dev.hone.text.LowerCase;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * SQuAD's normalization of an answer: lower case, without punctuation, articles and needless white
 * space. All punctuation of ASCII goes, also that of a value: C++ becomes C#'s equal.
 *
 * <p>Source: Rajpurkar et al., SQuAD (2016), section 6.1, and its evaluation script.
 */
final class AnswerText {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern ARTICLE =
      Pattern.compile("(?<!\\w)(?:a|an|the)(?!\\w)", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private AnswerText() {}

  static String normalized(String text) {
    String lower = LowerCase.of(Normalizer.normalize(text, Normalizer.Form.NFD));
    String words = PUNCTUATION.matcher(lower).replaceAll("");
    return SPACE.matcher(ARTICLE.matcher(words).replaceAll(" ")).replaceAll(" ").strip();
  }
}
