package dev.hone.adapter;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.signature.Signature;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object. */
final class JsonAdapter implements Adapter {
  static final JsonAdapter INSTANCE = new JsonAdapter();

  @Override
  public String id() {
    return "json/1";
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
