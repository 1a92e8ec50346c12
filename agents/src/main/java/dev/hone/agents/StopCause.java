package dev.hone.agents;

/** Why an agent could not go on by itself. */
public enum StopCause {
  /** It used all its turns. */
  TURNS,
  /** It used all its tool calls. */
  CALLS,
  /** It used all its tokens. */
  TOKENS,
  /** Its reply called no tool. */
  NO_CALL,
  /** Its reply could not be read. */
  UNREADABLE_REPLY,
  /** What it did no longer fits into the model's window. */
  CONTEXT_WINDOW
}
