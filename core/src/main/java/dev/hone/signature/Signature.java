package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one language-model call takes and returns: named, typed, described fields on both sides, and
 * the instructions that a program starts with. Immutable and thread-safe.
 *
 * @param <I> the input: a record, or a JSON object in the dynamic form
 * @param <O> the output: a record, or a JSON object in the dynamic form
 */
public final class Signature<I, O> {
  private final Codec<I> input;
  private final Codec<O> output;
  private final String instructions;
  private final String fingerprint;

  private Signature(Codec<I> input, Codec<O> output, String instructions) {
    requireText("text of the instructions", instructions, "pass an empty text for the default");
    this.input = input;
    this.output = output;
    checkSide("input", input.fields());
    checkSide("output", output.fields());
    checkClash(input, output);
    MessageFields.check(input.fields(), output.fields());
    this.instructions =
        instructions.isBlank() ? defaultInstructions(input, output) : instructions.strip();
    this.fingerprint = Json.fingerprint(describe());
  }

  /**
   * Reads a signature from two record classes: their components are the fields.
   *
   * @param instructions what the model is to do; blank for a sentence made from the field names
   * @throws InvalidInputException if a class is null or not a record, has no components, has a
   *     component whose type a signature cannot carry, or shares a name with the other side
   */
  public static <I, O> Signature<I, O> of(Class<I> input, Class<O> output, String instructions) {
    return new Signature<>(Codec.ofRecord(input), Codec.ofRecord(output), instructions);
  }

  /** Makes a signature from two codecs. */
  public static <I, O> Signature<I, O> of(Codec<I> input, Codec<O> output, String instructions) {
    return new Signature<>(input, output, instructions);
  }

  /**
   * Reads the string form, for example {@code "question, context: list[str] -> answer: float"}. A
   * field without a type is text. Types: {@code str, int, float, bool, date, time, datetime, json},
   * {@code image}, {@code file} and {@code history} (of inputs), {@code reasoning} (of outputs: a
   * text whose place the model's own thoughts may take), {@code enum[a|b]}, {@code list[T]}, {@code
   * set[T]}, {@code dict[str, T]}, and {@code T?} for one that may be absent. A value of an enum
   * may stand in quotes, and must where it holds a separator: {@code enum['a|b'|c]}.
   *
   * @throws InvalidInputException if the text is null or does not have this form
   */
  public static Signature<ObjectNode, ObjectNode> parse(String text) {
    return parse(text, "");
  }

  /** Reads the string form, with instructions; see {@link #parse(String)}. */
  public static Signature<ObjectNode, ObjectNode> parse(String text, String instructions) {
    requireText("string form", text, "write it as: question -> answer");
    SignatureParser.Sides sides = SignatureParser.parse(text);
    return new Signature<>(
        Codec.ofJson(sides.inputs()), Codec.ofJson(sides.outputs()), instructions);
  }

  /** The codec of the input side. */
  public Codec<I> input() {
    return input;
  }

  /** The codec of the output side. */
  public Codec<O> output() {
    return output;
  }

  /** The fields that a call takes, in order; at least one. */
  public List<Field> inputFields() {
    return input.fields();
  }

  /** The fields that a call returns, in order; at least one. */
  public List<Field> outputFields() {
    return output.fields();
  }

  /** The instructions that a predictor starts with; never blank. */
  public String instructions() {
    return instructions;
  }

  /**
   * The SHA-256 of the names and types of all fields; descriptions, limits, instructions and the
   * words in which a prompt describes a type do not count.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** A copy with other instructions. */
  public Signature<I, O> withInstructions(String text) {
    return new Signature<>(input, output, text);
  }

  /**
   * The names and types of all fields as JSON, in order, the types by {@link
   * dev.hone.type.FieldType#typeName}: what the fingerprint is taken of.
   */
  public ObjectNode describe() {
    ObjectNode node = Json.object();
    node.set("inputs", describe(inputFields()));
    node.set("outputs", describe(outputFields()));
    return node;
  }

  /** The string form, for people. */
  @Override
  public String toString() {
    return names(inputFields()) + " -> " + names(outputFields());
  }

  private static void requireText(String what, @Nullable String text, String fix) {
    if (text == null) {
      throw InvalidInputException.of(
          "The %s of the signature is null, expected a text".formatted(what), fix);
    }
  }

  private static ArrayNode describe(List<Field> fields) {
    ArrayNode array = Json.array();
    for (Field field : fields) {
      array.add(Json.object().put("name", field.name()).put("type", field.type().typeName()));
    }
    return array;
  }

  private static String names(List<Field> fields) {
    return fields.stream()
        .map(field -> field.name() + ": " + field.type().label())
        .collect(Collectors.joining(", "));
  }

  private static String defaultInstructions(Codec<?> input, Codec<?> output) {
    return "Given the %s, give the %s.".formatted(list(input.fields()), list(output.fields()));
  }

  private static String list(List<Field> fields) {
    List<String> names = fields.stream().map(field -> "`" + field.name() + "`").toList();
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static void checkSide(String side, List<Field> fields) {
    if (fields.isEmpty()) {
      throw InvalidInputException.of(
          "The signature has no " + side + " field, and needs at least one",
          "give the " + side + " record a component");
    }
  }

  private static void checkClash(Codec<?> input, Codec<?> output) {
    Set<String> inputs = new HashSet<>();
    for (Field field : input.fields()) {
      if (!inputs.add(field.name())) {
        throw twice(field.name(), "among its inputs");
      }
    }
    Set<String> outputs = new HashSet<>();
    for (Field field : output.fields()) {
      if (inputs.contains(field.name())) {
        throw twice(
            field.name(), "in the input (%s) and in the output (%s)".formatted(input, output));
      }
      if (!outputs.add(field.name())) {
        throw twice(field.name(), "among its outputs");
      }
    }
  }

  private static InvalidInputException twice(String name, String where) {
    return InvalidInputException.of(
        "The signature has the field \"%s\" twice, %s".formatted(name, where),
        "rename one, since inputs and outputs share one prompt");
  }
}
