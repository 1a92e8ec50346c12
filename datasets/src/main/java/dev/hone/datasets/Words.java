package dev.hone.datasets;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text as open-domain question answering compares them: runs of letters, marks and
 * digits, and each other sign by itself, decomposed and in lower case.
 *
 * <p>Source: Karpukhin et al., Dense Passage Retrieval (2020), whose reader looks for answers so.
 */
final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]++|[^\\p{Z}\\p{C}]");

  private Words() {}

  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(Normalizer.normalize(text, Normalizer.Form.NFD));
    while (matcher.find()) {
      words.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /** Whether the words of one text stand side by side in another; those of a blank text never. */
  static boolean contains(String text, String part) {
    List<String> words = of(part);
    return !words.isEmpty() && Collections.indexOfSubList(of(text), words) >= 0;
  }
}
