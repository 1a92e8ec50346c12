package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.prompt.Demo;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A predictor that lets the model think before it answers: a text field {@code reasoning} goes
 * before the output fields. Immutable and thread-safe. Its one predictor is named {@code predict}.
 *
 * <p>Cost: as {@link Predict}. Source: Wei et al., "Chain-of-Thought Prompting" (2022).
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class ChainOfThought<I, O> implements Program<I, O> {
  /** The name of the output field that it adds before the others. */
  public static final String REASONING = "reasoning";

  private final Predict<I, Reasoned<O>> predict;

  private ChainOfThought(Predict<I, Reasoned<O>> predict) {
    this.predict = predict;
  }

  /**
   * A predictor between two record classes that thinks first.
   *
   * @param instructions what the model is to do
   * @throws InvalidInputException if a record has a component {@code reasoning}, or as {@link
   *     Signature#of(Class, Class, String)}
   */
  public static <I, O> ChainOfThought<I, O> of(
      Class<I> input, Class<O> output, String instructions) {
    return of(Signature.of(input, output, instructions));
  }

  /**
   * A predictor between two record classes that thinks first, with instructions made from the names
   * of their fields; errors as {@link #of(Class, Class, String)}.
   */
  public static <I, O> ChainOfThought<I, O> of(Class<I> input, Class<O> output) {
    return of(input, output, "");
  }

  /**
   * A predictor of a signature that thinks first.
   *
   * @throws InvalidInputException if the signature has a field {@code reasoning}
   */
  public static <I, O> ChainOfThought<I, O> of(Signature<I, O> signature) {
    boolean taken =
        Stream.concat(signature.inputFields().stream(), signature.outputFields().stream())
            .map(Field::name)
            .anyMatch(REASONING::equals);
    if (taken) {
      throw InvalidInputException.of(
          "The signature %s has a field \"reasoning\", which ChainOfThought adds itself"
              .formatted(signature),
          "use Predict, or remove the field and read the reasoning with think(input)");
    }
    return new ChainOfThought<>(
        Predict.of(
            Signature.of(
                signature.input(),
                new ReasonedCodec<>(signature.output()),
                signature.instructions())));
  }

  /**
   * A copy that starts with these demos; those without {@code reasoning} are shown as incomplete.
   */
  public ChainOfThought<I, O> withDemos(List<Demo> demos) {
    return new ChainOfThought<>(predict.withDemos(demos));
  }

  /** A predictor of its own that is bound to a model; see {@link Program#on}. */
  @Override
  public ChainOfThought<I, O> on(LanguageModel model) {
    return new ChainOfThought<>(predict.on(model));
  }

  /** The predictor, whose outputs hold the reasoning. */
  public Predict<I, Reasoned<O>> predict() {
    return predict;
  }

  /** Calls the model and returns its answer; errors as {@link Predict#run}. */
  @Override
  public O run(I input) {
    return think(input).output();
  }

  /** Calls the model and returns its answer with the reasoning; errors as {@link Predict#run}. */
  public Reasoned<O> think(I input) {
    return predict.run(input);
  }

  /** One line, such as {@code ChainOfThought[text -> reasoning, label, 3 demos]}. */
  @Override
  public String toString() {
    return "ChainOfThought[" + predict.summary() + "]";
  }

  /** Converts an output with a text field for the reasoning before its own fields. */
  record ReasonedCodec<O>(Codec<O> output) implements Codec<Reasoned<O>> {
    private static final Field FIELD =
        new Field(
            REASONING,
            new FieldType.Text(true),
            "the thoughts that lead to the answer, step by step",
            Constraints.NONE);

    @Override
    public List<Field> fields() {
      return Stream.concat(Stream.of(FIELD), output.fields().stream()).toList();
    }

    @Override
    public @Nullable Object decodeField(Field field, JsonNode value) {
      return field.name().equals(REASONING) ? value.asString() : output.decodeField(field, value);
    }

    @Override
    public ObjectNode encode(Reasoned<O> value) {
      ObjectNode node = Json.object().put(REASONING, value.reasoning());
      node.setAll(output.encode(value.output()));
      return node;
    }

    @Override
    public Reasoned<O> decode(ObjectNode node) {
      return new Reasoned<>(node.path(REASONING).asString(), output.decode(node));
    }
  }
}
