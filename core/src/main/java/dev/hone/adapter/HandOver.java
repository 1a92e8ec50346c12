package dev.hone.adapter;

import dev.hone.adapter.frame.Blocks;
import dev.hone.adapter.frame.TurnToken;
import java.util.regex.Pattern;

/**
 * Whether what stands between two answers says that the second is meant: words, as of a correction,
 * or the end of a tag; but not the end of a turn, and no words that introduce an example.
 */
final class HandOver {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "\\b(?:examples?|samples?|instances?|another|next|would|e\\.g|instead of|rather than"
              + "|alternatives?|alternatively|similarly|likewise)\\b|^\\W*(?:and|or|also)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?;…]\\s");
  private static final int MAX_CHARS = 2_000;

  private HandOver() {}

  /** Whether what stands between two places of a reply hands over. */
  static boolean in(String reply, int from, int to) {
    String between = reply.substring(from, Math.max(from, to));
    if (!TurnToken.all(between).isEmpty()) {
      return false;
    }
    String words = Blocks.withoutTags(between).strip();
    if (words.codePoints().noneMatch(Character::isLetter)) {
      return Blocks.handOver(between) || closesFence(reply, from, between);
    }
    return !EXAMPLE.matcher(lastSentence(words)).find();
  }

  /** Whether nothing but the end of a fence around the first answer is between. */
  private static boolean closesFence(String reply, int from, String between) {
    return Blocks.fenceLines(between) == 1 && Blocks.fenceLines(reply.substring(0, from)) % 2 == 1;
  }

  /** What introduces the second answer. */
  private static String lastSentence(String words) {
    String end = words.substring(Math.max(0, words.length() - MAX_CHARS));
    String[] sentences = SENTENCE_END.split(end + " ");
    for (int i = sentences.length - 1; i >= 0; i--) {
      if (sentences[i].codePoints().anyMatch(Character::isLetter)) {
        return sentences[i];
      }
    }
    return end;
  }
}
