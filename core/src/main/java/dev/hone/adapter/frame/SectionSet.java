package dev.hone.adapter.frame;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sections of one answer, or of one that looks so.
 *
 * @param byName the content of its output sections by name, without white space at its ends
 * @param start where its first header begins
 * @param end where it ends: after its end marker, if it has one
 * @param ended whether it has its end marker, or a token that ends the turn
 * @param whole whether it has all that it must have
 * @param block what encloses it while others stand outside; null for those outside
 * @param question the question that it follows; null if none is before it
 * @param first whether it is the first after its question
 * @param doubt in words, where it can be read in two ways; null where it cannot
 */
public record SectionSet(
    Map<String, String> byName,
    int start,
    int end,
    boolean ended,
    boolean whole,
    @Nullable Block block,
    @Nullable Question question,
    boolean first,
    @Nullable String doubt) {

  /** Whether it stands after all answers in a tag whose name does not say what it is for. */
  boolean isRival(int answersEnd) {
    return block != null && block.mayAnswer() && block.start() >= answersEnd;
  }

  /** The same set with a doubt. */
  SectionSet doubted(String words) {
    return new SectionSet(byName, start, end, ended, whole, block, question, first, words);
  }

  /** Whether it answers the same question as a whole set before it, and with other values. */
  public boolean revises(SectionSet whole) {
    return Objects.equals(question, whole.question)
        && byName.entrySet().stream()
            .anyMatch(
                e -> !e.getValue().isEmpty() && !e.getValue().equals(whole.byName.get(e.getKey())));
  }

  /** How many sections hold something. */
  int filled() {
    int filled = 0;
    for (String value : byName.values()) {
      filled += value.isEmpty() ? 0 : 1;
    }
    return filled;
  }
}
