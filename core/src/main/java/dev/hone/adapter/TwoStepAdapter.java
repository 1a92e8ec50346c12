package dev.hone.adapter;

import dev.hone.InvalidInputException;
import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.frame.ReplyText;
import dev.hone.adapter.prose.OwnThoughts;
import dev.hone.adapter.prose.ToExtract;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.turn.Turns;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.pipeline.ModelBinding;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A free text of one model, out of which another takes the fields, {@code two-step/2}. The second
 * call is {@link Extraction}.
 */
final class TwoStepAdapter implements Adapter {
  private static final String ASK =
      "Answer in your own words, and say the value of each of what your answer must tell.";

  private final ModelBinding extractor;
  private final Adapter inner;

  TwoStepAdapter(ModelBinding extractor, Adapter inner) {
    if (inner instanceof TwoStepAdapter) {
      throw InvalidInputException.of(
          "The inner adapter of two-step is two-step itself", "use Adapter.chat()");
    }
    this.extractor = extractor;
    this.inner = inner;
  }

  @Override
  public String id() {
    return "two-step/2";
  }

  @Override
  public LmRequest render(Prompt asked, LmOptions options, Capabilities capabilities) {
    if (!asked.tools().isEmpty()) {
      return inner.render(asked, options, capabilities);
    }
    Prompt prompt = OwnThoughts.asked(asked, capabilities);
    PromptText text = PromptText.of(prompt.signature());
    return Turns.of(prompt, new PlainLayout(), text.plainSystem(), ASK)
        .request(options, capabilities)
        .build();
  }

  /** Sections of inputs as {@code chat/2} has them; of an answer each output is said in a line. */
  private static final class PlainLayout extends ChatAdapter.Layout {
    PlainLayout() {
      super("");
    }

    @Override
    public String answer(List<Field> fields, ObjectNode values) {
      return fields.stream().map(field -> said(field, values)).collect(Collectors.joining("\n"));
    }
  }

  private static String said(Field field, ObjectNode outputs) {
    if (!Turns.isGiven(field, outputs)) {
      return "The value of " + field.name() + " is " + Turns.NOT_GIVEN + ".";
    }
    if (outputs.path(field.name()).isNull()) {
      return "There is no " + field.name() + ".";
    }
    String value = Turns.text(outputs.path(field.name()), field.type());
    return "The value of " + field.name() + " is" + (value.contains("\n") ? ":\n" : ": ") + value;
  }

  /** Reads a reply that is in the layout of the inner adapter, as those to prompts with tools. */
  @Override
  public ObjectNode parse(Prompt prompt, LmResponse response) {
    return inner.parse(prompt, response);
  }

  @Override
  public Optional<SecondCall> secondCall(Prompt prompt, LmResponse response) {
    if (!prompt.tools().isEmpty()) {
      return inner.secondCall(prompt, response);
    }
    Signature<?, ?> signature = prompt.signature();
    HeaderNames names = PromptText.of(signature).names();
    String text = ReplyText.answer(response.text(), names).strip();
    boolean filtered = response.stopReason() == StopReason.CONTENT_FILTER;
    if (filtered || response.stopReason() == StopReason.LENGTH) {
      throw Replies.cutOff(new ReplyFormatException("", "The text is not complete."), filtered);
    }
    if (text.isEmpty()) {
      throw ReplyErrors.nothing(response.text(), text, "a text");
    }
    String thoughts = OwnThoughts.thoughts(signature, response);
    return Optional.of(
        new Extraction(extractor, inner, signature, text, thoughts.isEmpty() ? text : thoughts));
  }

  @Override
  public LmMessage repairTurn(Prompt prompt, ReplyFormatException error) {
    return prompt.tools().isEmpty()
        ? repairTurn(prompt.signature(), error)
        : inner.repairTurn(prompt, error);
  }

  @Override
  public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
    return LmMessage.user(
        "That answer is not enough. "
            + HeaderText.disguise(String.valueOf(error.getMessage()))
            + "\n\nAnswer again, in full, in your own words, and say clearly the value of each of: "
            + PromptText.of(signature).outputs().stream()
                .map(field -> "`" + field.name() + "` (" + field.type().label() + ")")
                .collect(Collectors.joining(", "))
            + ".");
  }

  @Override
  public boolean holdsCredentials() {
    return extractor.pipeline().holdsCredentials() || inner.holdsCredentials();
  }

  @Override
  public String toString() {
    return "Adapter[" + id() + ", " + extractor.pipeline().id() + ", " + inner + "]";
  }

  /**
   * The call that takes the fields out of a text.
   *
   * @param signature what the text was to tell
   * @param text the text
   * @param thoughts what takes the place of outputs for reasoning
   */
  private record Extraction(
      ModelBinding model, Adapter adapter, Signature<?, ?> signature, String text, String thoughts)
      implements SecondCall {
    @Override
    public Prompt prompt() {
      ToExtract asked = ToExtract.of(signature);
      return Prompt.of(
          asked.signature(),
          asked.signature().instructions(),
          List.of(),
          Json.object().put(asked.input(), text));
    }

    @Override
    public ObjectNode outputs(ObjectNode read) {
      ObjectNode outputs = Json.object();
      for (Field field : signature.outputFields()) {
        JsonNode value = read.path(field.name());
        if (!value.isMissingNode() && ToExtract.isUnsaid(field, value)) {
          throw new ReplyFormatException(
              field.name(),
              "The text does not say `%s`, expected %s."
                  .formatted(field.name(), field.type().label()));
        }
        boolean none = value.isMissingNode() || ToExtract.isNotSaid(value);
        outputs.set(field.name(), none ? NullNode.getInstance() : value);
      }
      return OwnThoughts.filled(signature, outputs, thoughts);
    }
  }
}
