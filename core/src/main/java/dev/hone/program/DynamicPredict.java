package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.JavaValues;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ToolSpec;
import dev.hone.pipeline.ModelBinding;
import dev.hone.prompt.Demo;
import dev.hone.signature.ChatHistory;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType.OptionalOf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A predictor whose fields are known at run time only, made of a text such as {@code question ->
 * answer}: takes and returns maps of plain Java values, or JSON objects. In all else a predictor
 * like any other: found in a program, optimized, compiled, saved and loaded. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * DynamicPredict qa = Predict.of("question -> answer");
 * Object answer = qa.run(Map.of("question", "Who wrote Dubliners?")).get("answer");
 * }</pre>
 *
 * <p>Where a program made of it is run instead, such as a compiled one, {@link #inputs} and {@link
 * #outputs} turn maps into its JSON and back.
 *
 * <p>Cost and errors as {@link Predict}.
 */
public final class DynamicPredict extends Predict<ObjectNode, ObjectNode> {
  DynamicPredict(Signature<ObjectNode, ObjectNode> signature) {
    this(signature, new PredictorState(signature.instructions(), List.of()), List.of(), null);
  }

  private DynamicPredict(
      Signature<ObjectNode, ObjectNode> signature,
      PredictorState state,
      List<ToolSpec> tools,
      @Nullable ModelBinding model) {
    super(signature, state, tools, model);
  }

  /** A predictor of a signature of JSON objects, such as one that was read from a file. */
  public static DynamicPredict ofSignature(Signature<ObjectNode, ObjectNode> signature) {
    return new DynamicPredict(signature);
  }

  @Override
  public DynamicPredict withDemos(List<Demo> demos) {
    return (DynamicPredict) super.withDemos(demos);
  }

  @Override
  public DynamicPredict withState(PredictorState value) {
    return (DynamicPredict) super.withState(value);
  }

  @Override
  public DynamicPredict withTools(List<ToolSpec> values) {
    return (DynamicPredict) super.withTools(values);
  }

  @Override
  public DynamicPredict on(LanguageModel model) {
    return (DynamicPredict) super.on(model);
  }

  @Override
  DynamicPredict with(PredictorState state, List<ToolSpec> tools, @Nullable ModelBinding model) {
    return new DynamicPredict(signature(), state, tools, model);
  }

  /** Calls the model with a JSON object of the inputs, and returns that of the outputs. */
  @Override
  public ObjectNode run(ObjectNode inputs) {
    return super.run(inputs);
  }

  /**
   * Calls the model.
   *
   * @param values the inputs, as {@link #inputs} takes them
   * @return the outputs, as {@link #outputs} gives them
   * @throws InvalidInputException before any call, as {@link #inputs}; else as {@link
   *     #run(ObjectNode)}
   */
  public Map<String, Object> run(Map<String, ?> values) {
    return outputs(run(inputs(values)));
  }

  /**
   * The inputs as the JSON object that a call takes.
   *
   * @param values a value for each input field, by name; one that is optional may be left out.
   *     Text, numbers, booleans, enums, dates and times, lists, sets, maps, optionals, images,
   *     histories and JSON are converted to the types of the fields, as replies of models are
   * @throws InvalidInputException if a field has no value, a value fits no field, or one does not
   *     fit its type
   */
  public ObjectNode inputs(Map<String, ?> values) {
    if (values == null) {
      throw InvalidInputException.of(
          "The input of %s is null, expected a map".formatted(shape()),
          "pass Map.of(\"%s\", …)".formatted(inputNames().get(0)));
    }
    values.keySet().forEach(this::requireField);
    ObjectNode inputs = Json.object();
    for (Field field : signature().inputFields()) {
      if (values.containsKey(field.name())) {
        set(inputs, field, values.get(field.name()));
      } else if (!(field.type() instanceof OptionalOf)) {
        throw InvalidInputException.of(
            "The input of %s has no value for \"%s\", expected %s"
                .formatted(shape(), field.name(), field.type().label()),
            "add it to the map, which has " + values.keySet());
      }
    }
    return inputs;
  }

  private void requireField(String name) {
    if (!inputNames().contains(name)) {
      throw InvalidInputException.of(
          "The input of %s has a value for \"%s\", which is not one of its fields %s"
              .formatted(shape(), name, inputNames()),
          NearestName.of(name, inputNames())
              .map(meant -> "it is to be \"" + meant + "\"")
              .orElse("leave it out, or add the field to the signature"));
    }
  }

  private void set(ObjectNode inputs, Field field, @Nullable Object value) {
    try {
      JsonNode json =
          value instanceof ChatHistory history
              ? history.toJson()
              : JavaValues.toJson(value, field.name());
      inputs.set(field.name(), Coercion.value(field, json, field.name()));
    } catch (TypeMismatchException e) {
      throw new InvalidInputException(
          "The input of %s has a value that does not fit: %s. Maybe pass a value of the type %s."
              .formatted(shape(), e.getMessage(), field.type().label()),
          e);
    }
  }

  private List<String> inputNames() {
    return signature().inputFields().stream().map(Field::name).toList();
  }

  /**
   * The outputs of a call as plain Java values, by name in the order of the fields; read-only. Text
   * and choices are a {@code String}, whole numbers a {@code Long}, numbers a {@code Double},
   * booleans a {@code Boolean}, dates and times those of {@code java.time}, lists a {@code List},
   * sets a {@code Set}, maps and JSON objects a {@code Map}. An optional that is absent is left
   * out, so that {@code get} gives null for it.
   *
   * @param outputs what {@link #run(ObjectNode)} returned, or a program made of this predictor
   */
  public Map<String, Object> outputs(ObjectNode outputs) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : signature().outputFields()) {
      Object value = JavaValues.ofJson(field.type(), outputs.path(field.name()));
      if (value != null) {
        values.put(field.name(), value);
      }
    }
    return Collections.unmodifiableMap(values);
  }
}
