package dev.hone.springai.client;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.bean.BeanJson;
import dev.hone.type.bean.BeanTypes;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the code of an application gets back: a class with parts has a field for each, any other
 * type is one field.
 *
 * @param type the Java type
 * @param parts whether it has a field for each of its parts
 * @param fields the output fields
 */
record EntityType(Type type, boolean parts, List<Field> fields) {
  private static final BeanTypes TYPES = BeanTypes.describedBy(element -> "");

  /**
   * Reads a type.
   *
   * @param taken the names of inputs, which an output may not have
   * @throws InvalidInputException if a field cannot carry it
   */
  static EntityType of(Type type, Set<String> taken) {
    String where = "What the prompt returns";
    if (BeanTypes.hasMembers(type)) {
      return new EntityType(type, true, TYPES.members((Class<?>) type, where));
    }
    FieldType field = TYPES.of(type, where);
    String name = "answer";
    if (type instanceof Class<?> raw && raw.isEnum()) {
      name =
          raw.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT)
              + raw.getSimpleName().substring(1);
    }
    String free = taken.contains(name) ? name + "_answer" : name;
    return new EntityType(type, false, List.of(new Field(free, field, "", Constraints.NONE)));
  }

  /**
   * A value as the output of a program.
   *
   * @throws InvalidInputException if it does not fit
   */
  ObjectNode output(Object value) {
    JsonNode written = BeanJson.write(value);
    ObjectNode output = parts ? (ObjectNode) written : Json.object();
    if (!parts) {
      output.set(fields.get(0).name(), written);
    }
    return Codec.ofJson(fields).encodeComplete(output, "answer of the prompt");
  }

  private JsonNode written(ObjectNode output) {
    return parts ? output : output.path(fields.get(0).name());
  }

  /** The value that an output stands for. */
  Object value(ObjectNode output) {
    return Objects.requireNonNull((@Nullable Object) BeanJson.read(written(output), type));
  }

  /**
   * An output as a model would have written it for Spring AI's converters: a text as it is, unless
   * JSON was asked for; all else as JSON.
   */
  String text(ObjectNode output, boolean asJson) {
    JsonNode value = written(output);
    return value.isString() && !asJson ? value.stringValue() : Json.write(value);
  }
}
