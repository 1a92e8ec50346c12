package dev.hone.langchain4j.service;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.prompt.PromptTemplate;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.bean.BeanJson;
import dev.hone.type.bean.BeanTypes;
import dev.langchain4j.model.output.structured.Description;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A method of an AI service as a signature: its templates as instructions, its parameters as input
 * fields, its return type as output. A return type with parts, such as a record, has a field for
 * each of them; any other is one field.
 */
final class ServiceMethod {
  private static final BeanTypes TYPES =
      BeanTypes.describedBy(
          element -> {
            Description said = element.getAnnotation(Description.class);
            return said == null ? "" : String.join(" ", said.value());
          });

  private final Method method;
  private final Signature<ObjectNode, ObjectNode> signature;
  private final boolean parts;

  private ServiceMethod(Method method, Signature<ObjectNode, ObjectNode> signature, boolean parts) {
    this.method = method;
    this.signature = signature;
    this.parts = parts;
  }

  /**
   * Reads a method.
   *
   * @throws InvalidInputException if it keeps a conversation, streams, or has a type that no field
   *     can carry, or a variable that is no parameter
   */
  static ServiceMethod of(Method method) {
    ServiceTexts texts = ServiceTexts.of(method);
    Map<String, Field> inputs = inputs(method, texts);
    Type returned = method.getGenericReturnType();
    String where = "What " + name(method) + " returns";
    requireValue(method, returned);
    boolean parts = BeanTypes.hasMembers(returned);
    List<Field> outputs =
        parts
            ? TYPES.members((Class<?>) returned, where)
            : List.of(single(method, returned, where, inputs));
    return new ServiceMethod(
        method,
        Signature.of(
            Codec.ofJson(List.copyOf(inputs.values())),
            Codec.ofJson(outputs),
            instructions(method, texts, inputs)),
        parts);
  }

  /** The input fields by the names that the templates know the parameters by. */
  private static Map<String, Field> inputs(Method method, ServiceTexts texts) {
    Map<String, Field> inputs = new LinkedHashMap<>();
    for (Parameter parameter : method.getParameters()) {
      String variable = texts.variable(parameter);
      String where = "The parameter %s of %s".formatted(variable, name(method));
      Field field =
          new Field(
              variable.replaceAll("[^\\p{L}\\p{N}_]+", "_"),
              TYPES.of(parameter.getParameterizedType(), where),
              TYPES.description(parameter),
              Constraints.NONE);
      if (inputs.put(variable, field) != null) {
        throw InvalidInputException.of(
            "Two parameters of %s have the name %s".formatted(name(method), variable),
            "name them by @V");
      }
    }
    if (inputs.isEmpty()) {
      throw InvalidInputException.of(
          name(method) + " takes nothing, so that there is nothing to learn from examples",
          "give it a parameter");
    }
    return inputs;
  }

  private static void requireValue(Method method, Type returned) {
    String type = returned.getTypeName();
    boolean wrapped =
        type.startsWith("dev.langchain4j.service.")
            || type.startsWith("dev.langchain4j.data.message.")
            || type.startsWith("reactor.")
            || type.startsWith("java.util.concurrent.");
    if (returned == void.class || returned == Void.class || wrapped) {
      throw InvalidInputException.of(
          "%s returns %s, expected a value".formatted(name(method), type),
          "optimize a method that returns the value itself, such as a String or an enum");
    }
  }

  private static Field single(
      Method method, Type returned, String where, Map<String, Field> inputs) {
    String name = "answer";
    if (returned instanceof Class<?> raw && raw.isEnum()) {
      name =
          raw.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT)
              + raw.getSimpleName().substring(1);
    }
    String free = name;
    if (inputs.values().stream().anyMatch(field -> field.name().equals(free))) {
      name = method.getName() + "_" + name;
    }
    return new Field(name, TYPES.of(returned, where), TYPES.description(method), Constraints.NONE);
  }

  private static String instructions(Method method, ServiceTexts texts, Map<String, Field> inputs) {
    List<String> said = new ArrayList<>();
    for (String text : texts.inOrder()) {
      PromptTemplate template = PromptTemplate.of(text);
      String words = template.instructions(variable -> known(method, variable, inputs).name());
      boolean onlyAField = words.matches("`[^`]*`");
      if (!onlyAField) {
        said.add(words);
      }
    }
    return String.join("\n\n", said);
  }

  private static Field known(Method method, String variable, Map<String, Field> inputs) {
    Field field = inputs.get(variable);
    if (field == null) {
      throw InvalidInputException.of(
          "A template of %s has the variable {{%s}}, and its parameters are %s"
              .formatted(name(method), variable, inputs.keySet()),
          variable.startsWith("current_")
              ? "pass the date or time as a parameter, so that examples have it, too"
              : "name a parameter by @V(\"" + variable + "\")");
    }
    return field;
  }

  /** The class and the method, for messages. */
  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  Method method() {
    return method;
  }

  Signature<ObjectNode, ObjectNode> signature() {
    return signature;
  }

  /**
   * The arguments of a call as the input of a program.
   *
   * @throws InvalidInputException if one is null, or does not fit
   */
  ObjectNode input(@Nullable Object... arguments) {
    ObjectNode input = Json.object();
    List<Field> fields = signature.inputFields();
    for (int i = 0; i < fields.size(); i++) {
      input.set(fields.get(i).name(), BeanJson.write(arguments[i]));
    }
    return signature.input().encodeComplete(input, "input of " + name(method));
  }

  /**
   * A returned value as the output of a program.
   *
   * @throws InvalidInputException if it is null, or does not fit
   */
  ObjectNode output(Object value) {
    JsonNode written = BeanJson.write(value);
    ObjectNode output = parts ? (ObjectNode) written : Json.object();
    if (!parts) {
      output.set(signature.outputFields().get(0).name(), written);
    }
    return signature.output().encodeComplete(output, "answer of " + name(method));
  }

  /** The value that an output stands for; null for an absent value. */
  @Nullable Object value(ObjectNode output) {
    JsonNode node = parts ? output : output.path(signature.outputFields().get(0).name());
    return BeanJson.read(node, method.getGenericReturnType());
  }

  @Override
  public String toString() {
    return name(method) + "(" + signature + ")";
  }
}
