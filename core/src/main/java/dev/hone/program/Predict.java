package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ToolSpec;
import dev.hone.pipeline.ModelBinding;
import dev.hone.prompt.Demo;
import dev.hone.prompt.PromptTemplate;
import dev.hone.signature.Signature;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The leaf of every program: one typed call of a language model. Immutable and thread-safe. Its
 * state (instructions and demos) is the one it was made with, unless it runs inside a program that
 * is run under another {@link ProgramState}.
 *
 * <p>Cost: one model call; at most three when replies cannot be read (a repair turn, then the JSON
 * adapter). With an adapter that takes a second call to read a reply: two, at most seven.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public sealed class Predict<I, O> implements Program<I, O> permits DynamicPredict {
  private final Signature<I, O> signature;
  private final PredictorState state;
  private final List<ToolSpec> tools;
  private final @Nullable ModelBinding model;
  private final String shape;

  Predict(
      Signature<I, O> signature,
      PredictorState state,
      List<ToolSpec> tools,
      @Nullable ModelBinding model) {
    this.signature = signature;
    this.state = state;
    this.tools = List.copyOf(tools);
    this.model = model;
    this.shape = names(signature.inputFields()) + " -> " + names(signature.outputFields());
  }

  /**
   * A predictor between two record classes.
   *
   * @param instructions what the model is to do
   */
  public static <I, O> Predict<I, O> of(Class<I> input, Class<O> output, String instructions) {
    return of(Signature.of(input, output, instructions));
  }

  /**
   * A predictor between two record classes, with instructions made from the names of their fields.
   */
  public static <I, O> Predict<I, O> of(Class<I> input, Class<O> output) {
    return of(input, output, "");
  }

  /**
   * A predictor of a prompt that somebody wrote by hand, so that an optimizer can go on from it.
   * The text becomes the instructions, with the names of fields for its variables: {@code
   * {{ticket}}} stands for the component {@code ticket} of the input, whose value is sent in a
   * place of its own.
   *
   * @param template the prompt, with variables such as {@code {{ticket}}}
   * @throws InvalidInputException if the template is blank, or has a variable that is no component
   *     of the input; and as {@link Signature#of(Class, Class, String)}
   */
  public static <I, O> Predict<I, O> ofPrompt(String template, Class<I> input, Class<O> output) {
    PromptTemplate prompt = PromptTemplate.of(template);
    Signature<I, O> plain = Signature.of(input, output, "");
    List<String> fields = plain.inputFields().stream().map(Field::name).toList();
    return of(plain.withInstructions(prompt.instructions(fields)));
  }

  /**
   * A predictor of the string form of a signature, such as {@code question, context: list[str] ->
   * answer}, with instructions made from the names of its fields.
   *
   * @throws InvalidInputException as {@link Signature#parse(String)}
   */
  public static DynamicPredict of(String signature) {
    return of(signature, "");
  }

  /**
   * A predictor of the string form of a signature.
   *
   * @param instructions what the model is to do; blank for a sentence made from the field names
   * @throws InvalidInputException as {@link Signature#parse(String)}
   */
  public static DynamicPredict of(String signature, String instructions) {
    return new DynamicPredict(Signature.parse(signature, instructions));
  }

  /**
   * A predictor of a signature, with its instructions and no demos.
   *
   * @throws InvalidInputException if the signature is null
   */
  public static <I, O> Predict<I, O> of(Signature<I, O> signature) {
    if (signature == null) {
      throw InvalidInputException.of(
          "The signature of a predictor is null", "make one with Signature.of or Signature.parse");
    }
    return new Predict<>(
        signature, new PredictorState(signature.instructions(), List.of()), List.of(), null);
  }

  /** A copy that starts with these demos. */
  public Predict<I, O> withDemos(List<Demo> demos) {
    return withState(state.withDemos(demos));
  }

  /** A copy that starts with this state. */
  public Predict<I, O> withState(PredictorState value) {
    return with(value, tools, model);
  }

  /**
   * A copy that offers tools to the model, for a signature with an output of tool calls. They are
   * no part of the signature or its fingerprint, and are not called here. A state may describe them
   * in other words, see {@link PredictorState#toolDescriptions}.
   */
  public Predict<I, O> withTools(List<ToolSpec> values) {
    return with(state, values, model);
  }

  /** The tools that the model may call; empty for none. */
  public List<ToolSpec> tools() {
    return tools;
  }

  /** A predictor of its own that is bound to a model; see {@link Program#on}. */
  @Override
  public Predict<I, O> on(LanguageModel model) {
    return with(state, tools, ModelBinding.of(model));
  }

  Predict<I, O> with(PredictorState state, List<ToolSpec> tools, @Nullable ModelBinding model) {
    return new Predict<>(signature, state, tools, model);
  }

  /** What it takes and returns. */
  public Signature<I, O> signature() {
    return signature;
  }

  /** The state it was made with. */
  public PredictorState state() {
    return state;
  }

  /**
   * Calls the model.
   *
   * @throws InvalidInputException before any call, if the input is null or has null in a field that
   *     is not optional
   * @throws UnparsableReplyException if no reply could be read
   * @throws dev.hone.lm.LmException if there was no reply
   */
  @Override
  public O run(I input) {
    return PredictCall.of(this).run(encode(input));
  }

  /**
   * The exact request that {@link #run} would send first, under the current context. Nothing is
   * called.
   *
   * @throws InvalidInputException as {@link #run}
   */
  public LmRequest render(I input) {
    return PredictCall.of(this).render(Context.current(), encode(input));
  }

  /** A context as this predictor calls under it: with the model that it is bound to. */
  Context bind(Context context) {
    return model == null ? context : context.withModel(model);
  }

  ObjectNode encode(I input) {
    return signature.input().encodeComplete(input, "input of " + shape);
  }

  /** The fields' names and the number of demos, for people. */
  String summary() {
    return shape + (state.demos().isEmpty() ? "" : ", " + Plural.of(state.demos().size(), "demo"));
  }

  /** The names of the fields on both sides. */
  String shape() {
    return shape;
  }

  private static String names(List<Field> fields) {
    return fields.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  /** One line, such as {@code Predict[text -> label, 3 demos]}. */
  @Override
  public String toString() {
    return "Predict[" + summary() + "]";
  }
}
