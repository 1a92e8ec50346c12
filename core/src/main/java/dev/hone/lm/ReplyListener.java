package dev.hone.lm;

/**
 * Is told a reply while it arrives, see {@link LanguageModel#call(LmRequest, ReplyListener)}: its
 * text, what the model thinks, and the arguments of its tool calls, in stretches of any length that
 * may end anywhere, within a word, an escape or a tag too. Called on the thread that made the call,
 * and never after the call returned or threw.
 *
 * <p>What a listener throws ends the call: the model stops reading, and the exception comes out of
 * the call as it is.
 */
public interface ReplyListener {
  /** Is told nothing. */
  ReplyListener NONE = new ReplyListener() {};

  /** The next stretch of the reply's text. All of them together are {@link LmResponse#text()}. */
  default void onText(String delta) {}

  /**
   * The next stretch of what the model thinks, where the provider reports that. All of them
   * together are {@link LmResponse#reasoning()}.
   */
  default void onThinking(String delta) {}

  /**
   * The next stretch of a tool call's arguments, which all together are one JSON text.
   *
   * @param index which of the reply's calls, from 0
   * @param name the tool that is called
   * @param delta the stretch; may be empty where only the call's beginning is told
   */
  default void onToolCall(int index, String name, String delta) {}
}
