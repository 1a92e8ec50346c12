package dev.hone.adapter;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.signature.Signature;
import tools.jackson.databind.node.ObjectNode;

/** Sections marked by headers. */
final class ChatAdapter implements Adapter {
  static final ChatAdapter INSTANCE = new ChatAdapter();

  @Override
  public String id() {
    return "chat/1";
  }

  @Override
  public LmRequest render(Prompt prompt, LmOptions options, Capabilities capabilities) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ObjectNode parse(Signature<?, ?> signature, String reply) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
    throw new UnsupportedOperationException();
  }
}
