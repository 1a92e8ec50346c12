package dev.hone.adapter;

import dev.hone.adapter.turn.Turns;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.ModelBinding;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Renders prompts into requests and reads replies. Pure functions; thread-safe. */
public interface Adapter {
  /** Its name and the version of its layout, for example {@code chat/2}. */
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
        ? Turns.callAgain(prompt, String.valueOf(error.getMessage()))
        : repairTurn(prompt.signature(), error);
  }

  /** How the fields stand in a reply that an adapter asks for. */
  enum ReplyForm {
    /** In sections with headers, as {@link #chat} has them. */
    SECTIONS,
    /** As the keys of one JSON object. */
    JSON,
    /** Between tags of their names. */
    TAGS,
    /** As the arguments of a tool that must be called; as {@link #JSON} where none must. */
    ARGUMENTS,
    /** In another way. */
    OTHER
  }

  /**
   * How the fields stand in replies, so that they can be shown while a reply arrives; the values
   * are those of {@link #parse} all the same. Default: in another way, so that they are shown when
   * the reply is whole.
   */
  default ReplyForm replyForm() {
    return ReplyForm.OTHER;
  }

  /**
   * The second call that reads a reply to what this adapter rendered, for an adapter whose replies
   * are not read as they are. It is made under the context of the first, so that budget, listeners,
   * cache and limits hold for it; what is wrong with its reply is repaired by its own model.
   * Default: none, so that {@link #parse} reads the reply.
   *
   * @throws ReplyFormatException if the reply is nothing that could be read; it is then repaired as
   *     one that {@link #parse} refuses
   */
  default Optional<SecondCall> secondCall(Prompt prompt, LmResponse response) {
    return Optional.empty();
  }

  /**
   * Whether a model that the adapter asks carries a credential. Such an adapter belongs into a
   * context, never into the defaults of the process. Default: false.
   */
  default boolean holdsCredentials() {
    return false;
  }

  /** A call that reads the reply to another one. Pure functions; thread-safe. */
  interface SecondCall {
    /** The model that reads, with its own options; those of the context do not hold for it. */
    ModelBinding model();

    /** What renders the call, reads its reply and asks for a repair of that. */
    Adapter adapter();

    /** What is asked. */
    Prompt prompt();

    /**
     * The outputs of the first call.
     *
     * @param read what {@link #adapter} read
     * @throws ReplyFormatException if the first reply does not say an output; the first model is
     *     then asked to repair its reply
     */
    ObjectNode outputs(ObjectNode read);
  }

  /** The default adapter: sections marked by headers, understood by every chat model. */
  static Adapter chat() {
    return ChatAdapter.INSTANCE;
  }

  /** The adapter that asks for one JSON object, bound to a schema where the model offers that. */
  static Adapter json() {
    return JsonAdapter.INSTANCE;
  }

  /**
   * The adapter that asks for the outputs as the arguments of one tool that the model must call,
   * where the model has native tool calls; what {@link #json} does where it has none, and for
   * prompts that have tools of their own. Demos are shown as JSON texts, since not every provider
   * takes a tool call that its model did not make.
   */
  static Adapter functions() {
    return FunctionsAdapter.INSTANCE;
  }

  /**
   * The adapter that lets the model answer in free text, out of which a second model then takes the
   * fields by {@link #chat}, see {@link #twoStep(LanguageModel, Adapter)}.
   */
  static Adapter twoStep(LanguageModel extractor) {
    return twoStep(extractor, chat());
  }

  /**
   * The adapter that lets the model answer in free text, out of which a second model then takes the
   * fields. The second model sees the text and the fields, not the input, and is told to take no
   * value that the text does not say: an output that must be there and is not said sends the first
   * model its text back. Outputs for reasoning take the first model's thoughts, or its whole text
   * where it gives none. A prompt with tools is rendered and read by the inner adapter alone.
   *
   * <p>Cost: two model calls; at most seven, when replies have to be repaired.
   *
   * @param extractor the second model; its credentials keep the adapter out of {@code
   *     Context.configure}
   * @param inner how the second model is asked
   * @throws dev.hone.InvalidInputException if the model is null, or the inner adapter has a second
   *     call of its own
   */
  static Adapter twoStep(LanguageModel extractor, Adapter inner) {
    return new TwoStepAdapter(ModelBinding.of(extractor), inner);
  }

  /**
   * The adapter that puts each field between tags of its name: {@code <answer>Paris</answer>}.
   * Values stand there as they are; {@code <answer/>} is null, {@code <answer></answer>} an empty
   * text.
   */
  static Adapter xml() {
    return XmlAdapter.INSTANCE;
  }
}
