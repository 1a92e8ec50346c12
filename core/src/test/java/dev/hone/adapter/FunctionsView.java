package dev.hone.adapter;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Function calling where the model has it: what is a reply's text is the arguments of its call. */
public final class FunctionsView implements Adapter {
  private static final Adapter FUNCTIONS = Adapter.functions();

  @Override
  public String id() {
    return "functions/2 by calls";
  }

  @Override
  public LmRequest render(Prompt prompt, LmOptions options, Capabilities capabilities) {
    return FUNCTIONS.render(prompt, options, capabilities.toBuilder().toolCalls(true).build());
  }

  @Override
  public ObjectNode parse(Prompt prompt, LmResponse response) {
    List<MessagePart> called =
        List.of(
            MessagePart.text("I call the tool."),
            MessagePart.toolCall("a", "answer", response.text()));
    return FUNCTIONS.parse(prompt, response.toBuilder().parts(called).build());
  }

  @Override
  public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
    return FUNCTIONS.repairTurn(signature, error);
  }

  @Override
  public String toString() {
    return id();
  }
}
