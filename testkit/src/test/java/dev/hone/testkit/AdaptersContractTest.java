package dev.hone.testkit;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import java.util.List;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.node.ObjectNode;

/** Every adapter keeps the contract of adapters. */
class AdaptersContractTest {
  @Nested
  class Chat extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return Adapter.chat();
    }
  }

  @Nested
  class JsonObject extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return Adapter.json();
    }
  }

  @Nested
  class Xml extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return Adapter.xml();
    }

    @Override
    protected boolean keepsTextsExactly() {
      return true;
    }
  }

  @Nested
  class FunctionsAsText extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return Adapter.functions();
    }
  }

  @Nested
  class FunctionsByCalls extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return new ByCalls();
    }

    @Override
    protected Capabilities capabilities() {
      return Capabilities.builder().toolCalls(true).build();
    }
  }

  @Nested
  class TwoStep extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return new Extracting(Adapter.chat());
    }
  }

  @Nested
  class TwoStepByXml extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return new Extracting(Adapter.xml());
    }
  }

  /** Function calling where what is a reply's text is the arguments of its call. */
  private static final class ByCalls extends Wrapped {
    ByCalls() {
      super(Adapter.functions());
    }

    @Override
    public ObjectNode parse(Prompt prompt, LmResponse response) {
      LmResponse called =
          response.toBuilder()
              .parts(List.of(MessagePart.toolCall("a", "answer", response.text())))
              .build();
      return adapter.parse(prompt, prompt.tools().isEmpty() ? called : response);
    }
  }

  /** The second call of two-step: replies are those of the model that extracts. */
  private static final class Extracting extends Wrapped {
    private final Adapter inner;

    Extracting(Adapter inner) {
      super(Adapter.twoStep(ScriptedModel.inOrder(), inner));
      this.inner = inner;
    }

    private SecondCall call(Prompt prompt) {
      LmResponse said = LmResponse.of("What it says.", LmUsage.UNKNOWN, "test");
      return adapter.secondCall(prompt, said).orElseThrow();
    }

    private Prompt asked(Prompt prompt, SecondCall call) {
      return prompt.withSignature(
          Signature.of(
              Codec.ofJson(prompt.signature().inputFields()),
              Codec.ofJson(call.prompt().signature().outputFields()),
              prompt.instructions()));
    }

    @Override
    public LmRequest render(Prompt prompt, LmOptions options, Capabilities capabilities) {
      return prompt.tools().isEmpty()
          ? inner.render(asked(prompt, call(prompt)), options, capabilities)
          : adapter.render(prompt, options, capabilities);
    }

    @Override
    public ObjectNode parse(Prompt prompt, LmResponse response) {
      if (!prompt.tools().isEmpty()) {
        return adapter.parse(prompt, response);
      }
      SecondCall call = call(prompt);
      return call.outputs(inner.parse(asked(prompt, call), response));
    }
  }

  private abstract static class Wrapped implements Adapter {
    final Adapter adapter;

    Wrapped(Adapter adapter) {
      this.adapter = adapter;
    }

    @Override
    public String id() {
      return adapter.id();
    }

    @Override
    public LmRequest render(Prompt prompt, LmOptions options, Capabilities capabilities) {
      return adapter.render(prompt, options, capabilities);
    }

    @Override
    public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
      return adapter.repairTurn(signature, error);
    }

    @Override
    public LmMessage repairTurn(Prompt prompt, ReplyFormatException error) {
      return adapter.repairTurn(prompt, error);
    }
  }
}
