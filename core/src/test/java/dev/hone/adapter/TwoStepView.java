package dev.hone.adapter;

import dev.hone.lm.Capabilities;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import tools.jackson.databind.node.ObjectNode;

/**
 * The second call of two-step as an adapter: replies are those of the model that extracts, asked
 * for the fields as two-step asks for them; what it reads is what two-step makes of it.
 */
public final class TwoStepView implements Adapter {
  private final Adapter inner;
  private final Adapter twoStep;

  public TwoStepView(Adapter inner) {
    this.inner = inner;
    this.twoStep = Adapter.twoStep(FakeModel.saying(""), inner);
  }

  /** How the second call is written. */
  public Adapter inner() {
    return inner;
  }

  private SecondCall call(Prompt prompt) {
    return twoStep.secondCall(prompt, FakeModel.reply("What it says.")).orElseThrow();
  }

  private Prompt asked(Prompt prompt, SecondCall call) {
    return prompt.withSignature(
        Signature.of(
            Codec.ofJson(prompt.signature().inputFields()),
            Codec.ofJson(call.prompt().signature().outputFields()),
            prompt.instructions()));
  }

  @Override
  public String id() {
    return "two-step/2 by " + inner.id();
  }

  @Override
  public LmRequest render(Prompt prompt, LmOptions options, Capabilities capabilities) {
    return inner.render(asked(prompt, call(prompt)), options, capabilities);
  }

  @Override
  public ObjectNode parse(Prompt prompt, LmResponse response) {
    SecondCall call = call(prompt);
    return call.outputs(inner.parse(asked(prompt, call), response));
  }

  @Override
  public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
    return inner.repairTurn(signature, error);
  }

  @Override
  public String toString() {
    return id();
  }
}
