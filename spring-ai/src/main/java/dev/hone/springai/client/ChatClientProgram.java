package dev.hone.springai.client;

import dev.hone.InvalidInputException;
import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt that an application asks a {@code ChatClient}, as a program. The application's code
 * stays as it is: its system text, its user template with {@code {variables}} and the class that it
 * wants back are read by letting the code run once, without a call.
 *
 * <pre>{@code
 * var route = ChatClientProgram.of(Route.class, client -> new SupportDesk(client).route("hi"));
 * var examples = Dataset.of(List.of(
 *     route.example(client -> new SupportDesk(client).route("Money back!"), Route.REFUND), ...));
 * var tuned = context.call(() -> MiproV2.light().compile(route, examples, route.exact()));
 *
 * ChatClient.Builder builder = ChatClient.builder(chatModel);
 * TunedPrompts.of(route, tuned).customize(builder);
 * SupportDesk desk = new SupportDesk(builder);
 * }</pre>
 *
 * <p>Its instructions are the two texts, with the names of fields for the variables, whose values
 * are sent in places of their own, as texts. A user's text without variables is one field, {@code
 * message}. In and out are JSON objects: a field for each variable, and one for the value that is
 * returned, or one for each of its parts. Immutable and thread-safe.
 *
 * <p>Cost: as {@link Predict}, unless {@link #as} says otherwise.
 *
 * @param <O> what the code gets back
 */
public final class ChatClientProgram<O> implements Program<ObjectNode, ObjectNode> {
  private final PromptShape shape;
  private final EntityType type;
  private final Signature<ObjectNode, ObjectNode> signature;
  private final Program<ObjectNode, ObjectNode> body;

  private ChatClientProgram(
      PromptShape shape,
      EntityType type,
      Signature<ObjectNode, ObjectNode> signature,
      Program<ObjectNode, ObjectNode> body) {
    this.shape = shape;
    this.type = type;
    this.signature = signature;
    this.body = body;
  }

  /**
   * The program of the prompt that some code asks.
   *
   * @param type the class that the code gets by {@code .entity(type)}, or {@code String.class} for
   *     {@code .content()}
   * @param call makes its client of the builder and asks it once; nothing is called
   * @throws InvalidInputException if it does not ask once, takes nothing, has a template with more
   *     than variables, or a type that no field can carry
   */
  public static <O> ChatClientProgram<O> of(
      Class<O> type, Function<ChatClient.Builder, ? extends O> call) {
    return of((Type) type, RecordedPrompt.of(call).shape());
  }

  /** The program of a prompt whose answer has a generic type; otherwise as for a class. */
  public static <O> ChatClientProgram<O> of(
      ParameterizedTypeReference<O> type, Function<ChatClient.Builder, ? extends O> call) {
    return of(type.getType(), RecordedPrompt.of(call).shape());
  }

  /**
   * The program of a prompt by its texts.
   *
   * @param system the template of the system text; empty for none
   * @param user the template of the user's text; empty where the text varies as a whole
   * @param type the class that the code gets back
   * @throws InvalidInputException as for a prompt that is read from code
   */
  public static <O> ChatClientProgram<O> ofTexts(String system, String user, Class<O> type) {
    return of((Type) type, new PromptShape(system, user));
  }

  private static <O> ChatClientProgram<O> of(Type type, PromptShape shape) {
    List<Field> inputs =
        shape.variables().stream()
            .map(name -> new Field(name, new FieldType.Text(), "", Constraints.NONE))
            .toList();
    EntityType entity = EntityType.of(type, shape.variables());
    Signature<ObjectNode, ObjectNode> signature =
        Signature.of(Codec.ofJson(inputs), Codec.ofJson(entity.fields()), shape.instructions());
    return new ChatClientProgram<>(shape, entity, signature, Predict.of(signature));
  }

  /** A copy whose calls are made another way, such as {@code ChainOfThought::of}. */
  public ChatClientProgram<O> as(
      Function<Signature<ObjectNode, ObjectNode>, ? extends Program<ObjectNode, ObjectNode>> way) {
    return new ChatClientProgram<>(shape, type, signature, way.apply(signature));
  }

  /** What it takes and returns, to read data by: {@code Dataset.ofCsv(file, signature)}. */
  public Signature<ObjectNode, ObjectNode> signature() {
    return signature;
  }

  /**
   * An example: what the code asks, which is not carried out, and what it should get back.
   *
   * @param call as in {@link #of}
   * @throws InvalidInputException if it asks another prompt, or a value does not fit
   */
  public Example<ObjectNode, ObjectNode> example(
      Function<ChatClient.Builder, ? extends O> call, O expected) {
    PromptCall asked = RecordedPrompt.of(call);
    if (!asked.shape().equals(shape)) {
      throw InvalidInputException.of(
          "The example asks %s, and the program is %s".formatted(asked.shape(), shape),
          "ask the same prompt");
    }
    return Example.of(asked.input(), type.output(expected));
  }

  /**
   * An example of the values of the variables, and what the code should get back.
   *
   * @throws InvalidInputException if a variable is missing, or a value does not fit
   */
  public Example<ObjectNode, ObjectNode> example(Map<String, ?> variables, O expected) {
    return Example.of(new PromptCall(shape, Map.of(), variables).input(), type.output(expected));
  }

  /** Scores 1 where all that is returned equals the label, else 0. */
  public Metric<ObjectNode, ObjectNode> exact() {
    return Metric.ofBoolean("exact match", (expected, actual) -> expected.equals(actual));
  }

  /**
   * Scores with the values that the code gets back.
   *
   * @param scorer the score of what should be returned, and what was: 0 to 1
   */
  public Metric<ObjectNode, ObjectNode> metric(
      String name, ToDoubleBiFunction<? super O, ? super O> scorer) {
    return Metric.of(
        name, (expected, actual) -> scorer.applyAsDouble(value(expected), value(actual)));
  }

  /** The value that an output of this program stands for. */
  @SuppressWarnings("unchecked")
  public O value(ObjectNode output) {
    return (O) type.value(output);
  }

  @Override
  public ObjectNode run(ObjectNode input) {
    return body.run(input);
  }

  PromptShape shape() {
    return shape;
  }

  /** An output as a model would have written it. */
  String text(ObjectNode output, boolean asJson) {
    return type.text(output, asJson);
  }

  /** One line, such as {@code ChatClientProgram[message: text -> route: one of A | B]}. */
  @Override
  public String toString() {
    return "ChatClientProgram[" + signature + "]";
  }
}
