package dev.hone.tool;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.JsonSchema;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.signature.Argument;
import dev.hone.signature.Codec;
import dev.hone.text.FoldedName;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of a tool: their fields, their defaults, and how they become Java values. Immutable
 * and thread-safe.
 *
 * @param <A> what they become
 */
final class Arguments<A> {
  private final Codec<A> codec;
  private final List<Field> fields;
  private final Map<String, JsonNode> defaults;

  private Arguments(Codec<A> codec, List<Field> fields, Map<String, JsonNode> defaults) {
    this.codec = codec;
    this.fields = List.copyOf(fields);
    this.defaults = Map.copyOf(defaults);
  }

  /** The components of a record. */
  static <A> Arguments<A> ofRecord(Class<A> type) {
    Codec<A> codec = Codec.ofRecord(type);
    List<@Nullable Argument> notes =
        Arrays.stream(type.getRecordComponents())
            .map(c -> c.getAnnotation(Argument.class))
            .toList();
    for (RecordComponent component : type.getRecordComponents()) {
      Argument note = component.getAnnotation(Argument.class);
      if (note != null && !note.name().isEmpty()) {
        throw InvalidInputException.of(
            "%s.%s has @Argument(name = \"%s\"), and a record's component has its own name"
                .formatted(type.getSimpleName(), component.getName(), note.name()),
            "rename the component");
      }
    }
    return of(codec, notes);
  }

  /**
   * The fields of a codec.
   *
   * @param notes what annotations say of each of them, in order; or none at all
   * @throws InvalidInputException if a default is no value of its field
   */
  static <A> Arguments<A> of(Codec<A> codec, List<@Nullable Argument> notes) {
    List<Field> fields = new ArrayList<>(codec.fields());
    Map<String, JsonNode> defaults = new LinkedHashMap<>();
    for (int i = 0; i < notes.size(); i++) {
      Argument note = notes.get(i);
      if (note != null && !note.defaultValue().isEmpty()) {
        Field field = fields.get(i);
        defaults.put(field.name(), defaultOf(field, note.defaultValue()));
        fields.set(i, optional(field, note.defaultValue()));
      }
    }
    return new Arguments<>(codec, fields, defaults);
  }

  private static JsonNode defaultOf(Field field, String text) {
    if (field.type() instanceof FieldType.OptionalOf) {
      throw InvalidInputException.of(
          "The argument \"%s\" is an Optional and has the default %s".formatted(field.name(), text),
          "leave out one of the two");
    }
    try {
      return Coercion.text(field, text, field.name());
    } catch (TypeMismatchException e) {
      throw new InvalidInputException(
          "The default of an argument is none of its values: %s. Maybe correct it."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Field optional(Field field, String text) {
    String note = "default: " + text;
    return new Field(
        field.name(),
        new FieldType.OptionalOf(field.type()),
        field.description().isEmpty() ? note : field.description() + "; " + note,
        field.constraints());
  }

  /** The JSON schema, in the form that providers can hold a model to. */
  ObjectNode schema() {
    return JsonSchema.of(fields);
  }

  /**
   * The arguments in their canonical form, with defaults. Keys that no argument has are left out,
   * unless one may be that of an argument that is missing.
   *
   * @throws TypeMismatchException if they do not fit
   */
  ObjectNode read(ObjectNode given) {
    requireNoMisspelling(given);
    ObjectNode read = Coercion.object(fields, given, "");
    defaults.forEach(
        (name, value) -> {
          if (read.path(name).isNull()) {
            read.set(name, value.deepCopy());
          }
        });
    return read;
  }

  /** The Java values. */
  A decode(ObjectNode given) {
    return codec.decode(read(given));
  }

  private void requireNoMisspelling(ObjectNode given) {
    Set<String> missing = new HashSet<>();
    fields.forEach(field -> missing.add(FoldedName.keepingEdges(field.name())));
    List<String> unknown = new ArrayList<>();
    for (String key : given.propertyNames()) {
      if (!missing.remove(FoldedName.keepingEdges(key.strip()))) {
        unknown.add(key);
      }
    }
    List<String> open =
        fields.stream()
            .map(Field::name)
            .filter(name -> missing.contains(FoldedName.keepingEdges(name)))
            .toList();
    for (String key : unknown) {
      Optional<String> meant = NearestName.of(key, open);
      if (meant.isPresent()) {
        throw new TypeMismatchException(
            "",
            "found the argument %s, expected %s"
                .formatted(Json.write(Json.object().put(key, "…")), meant.get()));
      }
    }
  }

  @Override
  public String toString() {
    return SettingCheck.given("fields", fields).stream().map(Field::name).toList().toString();
  }
}
