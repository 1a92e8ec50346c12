package dev.hone.datasets;

import java.util.Optional;

/**
 * A conversation cut in two: what a program is given, and what came after it.
 *
 * @param kept the turns before the cut; one at least
 * @param cutOff the turns after it; may have none
 */
public record TruncatedConversation(Conversation kept, Conversation cutOff) {
  /** The turns before the cut, a line each: {@code Speaker: words}. */
  public String text() {
    return kept.toString();
  }

  /** The turn that followed, such as the real answer of an agent; empty if none did. */
  public Optional<Turn> next() {
    return cutOff.turns().stream().findFirst();
  }

  /**
   * The words of the turn that followed, to be a label.
   *
   * @throws dev.hone.InvalidInputException if none did; {@link
   *     ConversationTruncator#withNextTurn()} cuts only where one does
   */
  public String reply() {
    return next()
        .orElseThrow(
            () ->
                dev.hone.InvalidInputException.of(
                    "No turn follows the cut after %d turns".formatted(kept.turns().size()),
                    "cut only where one does, with withNextTurn()"))
        .words();
  }
}
