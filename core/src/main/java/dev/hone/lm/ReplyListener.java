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

  /**
   * The reply broke off, and could be asked for once more from its beginning: whether that may be.
   * A listener that says so has shown nothing yet to anybody, and forgets what it was told. Asked
   * by the pipeline, never by a model. Default: it may not, so that the call fails with {@link
   * LmException.StreamBroken}.
   */
  default boolean restart() {
    return false;
  }
}
