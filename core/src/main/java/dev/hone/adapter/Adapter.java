package dev.hone.adapter;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import tools.jackson.databind.node.ObjectNode;

/** Renders prompts into requests and reads replies. Pure functions; thread-safe. */
public interface Adapter {
  /** Its name and the version of its layout, for example {@code chat/1}. */
  String id();

  /**
   * Renders a prompt. Equal arguments give equal requests; nothing is called.
   *
   * @param prompt what to render
   * @param options how the reply is generated
   * @param capabilities what the model offers natively
   */
  LmRequest render(Prompt prompt, LmOptions options, Capabilities capabilities);

  /**
   * Reads the output fields out of a reply.
   *
   * @param prompt what was asked: its values tell what a reply repeats from what it answers
   * @param response the reply, with why it ended
   * @return exactly the signature's output fields, as values of their types; whether the output
   *     record accepts them in its constructor is found by the predictor that made the call
   * @throws ReplyFormatException if the reply lacks a field or has a value that does not fit
   */
  ObjectNode parse(Prompt prompt, LmResponse response);

  /**
   * The turn that asks the model to repair a reply that could not be read, quoting the exact error.
   */
  LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error);

  /**
   * The turn that asks the model to repair a reply to a prompt. Default: where tools are called by
   * parts, a turn that asks for a call; else {@link #repairTurn(Signature, ReplyFormatException)}.
   */
  default LmMessage repairTurn(Prompt prompt, ReplyFormatException error) {
    return prompt.callsByParts()
        ? Turns.callAgain(prompt, error)
        : repairTurn(prompt.signature(), error);
  }

  /** The default adapter: sections marked by headers, understood by every chat model. */
  static Adapter chat() {
    return ChatAdapter.INSTANCE;
  }

  /** The adapter that asks for one JSON object, bound to a schema where the model offers that. */
  static Adapter json() {
    return JsonAdapter.INSTANCE;
  }
}
