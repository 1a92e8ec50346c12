package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.json.Json;
import dev.hone.type.Field;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Converts the arguments of a method; its parameters are the fields. */
final class ParameterCodec implements Codec<Object[]> {
  private final String name;
  private final List<Field> fields;
  private final List<TypeBinding> bindings;

  private ParameterCodec(String name, List<Field> fields, List<TypeBinding> bindings) {
    this.name = name;
    this.fields = List.copyOf(fields);
    this.bindings = List.copyOf(bindings);
  }

  static ParameterCodec of(Executable method) {
    String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    if (method.isVarArgs()) {
      throw InvalidInputException.of(
          "The method %s takes any number of arguments, which a call cannot carry".formatted(name),
          "take a List instead");
    }
    List<Field> fields = new ArrayList<>();
    List<TypeBinding> bindings = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      String where = "The parameter %s of %s".formatted(nameOf(parameter, name), name);
      TypeBinding binding = TypeBinding.of(parameter.getParameterizedType(), where, List.of());
      Desc desc = parameter.getAnnotation(Desc.class);
      bindings.add(binding);
      fields.add(
          new Field(
              nameOf(parameter, name),
              binding.type(),
              desc == null ? "" : desc.value(),
              StatedLimits.of(parameter.getAnnotation(Limits.class), binding.type(), where)));
    }
    requireDistinct(fields, name);
    return new ParameterCodec(name, fields, bindings);
  }

  private static String nameOf(Parameter parameter, String method) {
    Argument argument = parameter.getAnnotation(Argument.class);
    if (argument != null && !argument.name().isEmpty()) {
      return argument.name();
    }
    if (!parameter.isNamePresent()) {
      throw InvalidInputException.of(
          "The class file does not have the names of the parameters of %s, such as that of its %s"
              .formatted(method, parameter.getType().getSimpleName()),
          "compile it with -parameters, or name each by @Argument(name = \"...\")");
    }
    return parameter.getName();
  }

  private static void requireDistinct(List<Field> fields, String method) {
    if (fields.stream().map(Field::name).distinct().count() < fields.size()) {
      throw InvalidInputException.of(
          "Two parameters of %s have the same name, of %s"
              .formatted(method, fields.stream().map(Field::name).toList()),
          "rename one of them");
    }
  }

  @Override
  public List<Field> fields() {
    return fields;
  }

  @Override
  public ObjectNode encode(Object[] values) {
    ObjectNode node = Json.object();
    for (int i = 0; i < bindings.size(); i++) {
      node.set(fields.get(i).name(), bindings.get(i).encode(values[i]));
    }
    return node;
  }

  @Override
  public Object[] decode(ObjectNode node) {
    ObjectNode canonical = Coercion.object(fields, node, "");
    Object[] values = new Object[bindings.size()];
    for (int i = 0; i < values.length; i++) {
      String field = fields.get(i).name();
      values[i] = bindings.get(i).decode(canonical.required(field), field);
    }
    return values;
  }

  @Override
  public String toString() {
    return "parameters of " + name;
  }
}
