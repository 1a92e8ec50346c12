package dev.hone.agents;

/** Why an agent could not go on by itself. */
public enum StopCause {
  /** It used all its turns. */
  TURNS("it used all its turns"),
  /** It wanted more tool calls than it has. */
  CALLS("it wanted more tool calls than it has"),
  /** It used all its tokens. */
  TOKENS("it used all its tokens"),
  /** Two replies in a row called no tool. */
  NO_CALL("two replies in a row called no tool"),
  /** The same call failed with the same error three times. */
  REPEATED_FAILURE("the same call failed with the same error three times"),
  /** A reply could not be read. */
  UNREADABLE_REPLY("a reply could not be read"),
  /** What it did no longer fits into the model's window. */
  CONTEXT_WINDOW("what it did no longer fits into the model's window");

  private final String words;

  StopCause(String words) {
    this.words = words;
  }

  /** The cause in words, such as {@code it used all its turns}. */
  public String words() {
    return words;
  }
}
