package dev.hone.adapter.frame;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A stretch of a reply that something encloses: a pair of tags, a code fence, a quotation.
 *
 * @param start where what opens it begins
 * @param contentStart where its content begins
 * @param contentEnd where its content ends
 * @param end the index after what closes it
 * @param name the tag's name in lower case; {@link #FENCE} or {@link #QUOTE} for the others
 */
public record Block(int start, int contentStart, int contentEnd, int end, String name) {
  /** The name of code fences. */
  static final String FENCE = "```";

  /** The name of quotations. */
  static final String QUOTE = ">";

  private static final Set<String> ANSWERS =
      Set.of(
          "answer", "final", "final_answer", "response", "result", "output", "solution", "reply");

  private static final Pattern NO_ANSWER =
      Pattern.compile(
          "think|thought|reason|reflect|anal|scratch|plan|draft|note|critique|review|check|example"
              + "|sample|demo|comment|memo|inner|quote|context");

  /** Whether it is a code fence. */
  public boolean isFence() {
    return name.equals(FENCE);
  }

  /** Whether it is a tag whose name leaves open whether an answer is in it. */
  public boolean mayAnswer() {
    return tagged() && !NO_ANSWER.matcher(name).find();
  }

  /** Whether an index lies within. */
  public boolean holds(int index) {
    return index >= contentStart && index < contentEnd;
  }

  /** Whether a tag's name says that it is around an answer. */
  public static boolean isAnswer(String tagName) {
    return ANSWERS.contains(tagName);
  }

  /** Whether a tag encloses it, of whatever name. */
  public boolean tagged() {
    return !name.equals(FENCE) && !name.equals(QUOTE);
  }
}
