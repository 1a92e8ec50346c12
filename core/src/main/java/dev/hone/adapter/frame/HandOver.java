package dev.hone.adapter.frame;

import java.util.regex.Pattern;

/**
 * Whether what stands between two answers says that the second is meant: words, as of a correction,
 * or the end of a tag; but not the end of a turn, and no words that introduce an example or what
 * was given up.
 */
public final class HandOver {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "\\b(?:examples?|samples?|instances?|another|next|would|e\\.g|instead of|rather than"
              + "|alternatives?|alternatively|similarly|likewise)\\b|^\\W*(?:and|or|also)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern REJECTED =
      Pattern.compile(
          "\\b(?:not|never|nor|bad|incorrect|earlier|previous|previously|considered|initial|initially"
              + "|draft|options?|variants?|scenarios?|versus|vs|unlike|wrong (?:answer|one|reply)"
              + "|(?:first|1st) (?:answer|thought|guess|try))\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MEANT =
      Pattern.compile(
          "\\b(?:final|finally|correct|corrected|correction|actual|actually|better|improved|revised"
              + "|revision|fixed|real|true|right|now|instead)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT =
      Pattern.compile("\\b(?:not|never|nor)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern DENIED =
      Pattern.compile(
          "\\W*(?:that |this |it )?(?:is|was|would be|were|would have been)\\s+(?:the |a |an )?"
              + "(?:wrong|incorrect|not|false|bad|draft|decoy|example)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?;…]\\s");
  private static final int MAX_CHARS = 2_000;

  private HandOver() {}

  /** Whether what stands between two places of a reply hands over. */
  public static boolean in(String reply, int from, int to) {
    String between = reply.substring(from, Math.max(from, to));
    if (!TurnToken.all(between).isEmpty()) {
      return false;
    }
    String words = Blocks.withoutTags(between).strip();
    if (words.codePoints().noneMatch(Character::isLetter)) {
      return Blocks.handOver(between) || closesFence(reply, from, between);
    }
    String said = lastSentence(words);
    return !EXAMPLE.matcher(said).find()
        && (!REJECTED.matcher(said).find() || MEANT.matcher(said).find() && !denies(said));
  }

  private static boolean denies(String said) {
    return NOT.matcher(said).find();
  }

  /** Whether what stands after an answer takes it back. */
  public static boolean denied(String reply, int end) {
    return DENIED.matcher(reply).region(end, reply.length()).lookingAt();
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
