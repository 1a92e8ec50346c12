package dev.hone.cli.files;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes one input of a program of what a user typed. Tells all that is wrong with it at once. */
public final class InputValues {
  private static final Pattern NAMED = Pattern.compile("\\w+=.*", Pattern.DOTALL);

  private final List<Field> fields;

  /** The values of a program with this signature. */
  public InputValues(Signature<?, ?> signature) {
    this.fields = signature.inputFields();
  }

  /** The names of the fields, for errors and help. */
  public String names() {
    return String.join(", ", fields.stream().map(Field::name).toList());
  }

  /** Whether an argument gives a value to a field, rather than naming a file. */
  public boolean isValue(String argument) {
    return NAMED.matcher(argument).matches() && !new File(argument).exists();
  }

  /**
   * The input that a text is: an object of JSON with the fields, or the value of the one field.
   *
   * @throws InvalidInputException if it is none
   */
  public ObjectNode ofText(String text) {
    if (text.isBlank()) {
      throw InvalidInputException.of(
          "The input is empty; the program takes " + names(), "say it, such as --text '…'");
    }
    Optional<ObjectNode> object = object(text.strip());
    if (object.isPresent()) {
      return ofObject(object.get());
    }
    return ofTexts(Map.of(theTextField().name(), text.strip()));
  }

  /** The one field that a text without a name can be. */
  private Field theTextField() {
    List<Field> texts =
        fields.stream().filter(field -> field.type() instanceof FieldType.Text).toList();
    List<Field> needed =
        fields.stream().filter(field -> !(field.type() instanceof FieldType.OptionalOf)).toList();
    if (needed.size() == 1) {
      return needed.get(0);
    } else if (needed.isEmpty() && texts.size() == 1) {
      return texts.get(0);
    }
    throw InvalidInputException.of(
        "The program takes %s, and one text is not all of them".formatted(names()),
        "give each by its name, such as %s, or a JSON object with them"
            .formatted(
                String.join(" ", needed.stream().map(field -> field.name() + "=…").toList())));
  }

  private static Optional<ObjectNode> object(String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Json.parse(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * The input of values by name as they were typed.
   *
   * @throws InvalidInputException if a value is missing, of another type, or of no field
   */
  public ObjectNode ofTexts(Map<String, String> values) {
    ObjectNode object = Json.object();
    values.forEach((name, value) -> object.set(name, StringNode.valueOf(value)));
    return of(object, true);
  }

  /**
   * The input that an object of JSON is.
   *
   * @throws InvalidInputException as {@link #ofTexts}
   */
  public ObjectNode ofObject(ObjectNode values) {
    return of(values, false);
  }

  private ObjectNode of(ObjectNode values, boolean typed) {
    List<String> problems = new ArrayList<>(unknown(values));
    ObjectNode input = Json.object();
    for (Field field : fields) {
      JsonNode value = values.get(field.name());
      try {
        input.set(field.name(), read(field, value, typed));
      } catch (TypeMismatchException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw InvalidInputException.of(
          "The input does not fit: " + String.join("; ", problems), "give values for " + names());
    }
    return input;
  }

  private static JsonNode read(Field field, @Nullable JsonNode value, boolean typed) {
    if (value == null) {
      return Coercion.object(List.of(field), Json.object(), "").path(field.name());
    }
    return typed && value.isString()
        ? Coercion.text(field, value.stringValue(), field.name())
        : Coercion.value(field, value, field.name());
  }

  private List<String> unknown(ObjectNode values) {
    List<String> known = fields.stream().map(Field::name).toList();
    return values.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .map(
            name ->
                "there is no input %s%s"
                    .formatted(
                        name,
                        NearestName.of(name, known).map(near -> " (" + near + "?)").orElse("")))
        .toList();
  }
}
