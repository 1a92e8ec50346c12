package dev.hone.replies;

import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The signature of a case: the string form, in which the name of a record that the case states may
 * stand for a type, with descriptions of values and with limits.
 */
final class CaseSignature {
  private final Map<String, List<Field>> records = new LinkedHashMap<>();
  private final Map<String, String> descriptions = new LinkedHashMap<>();
  private final Map<String, Constraints> limits = new LinkedHashMap<>();
  private String text = "";

  /** Sets the string form. */
  void text(String value) {
    text = value;
  }

  /** A record: its name, a colon, its fields as in the string form. */
  void record(String line) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon).strip();
    records.put(name, typed("q -> " + line.substring(colon + 1)).outputFields());
  }

  /** The description of a value of an enum: the value, a colon, the description. */
  void describe(String line) {
    int colon = line.indexOf(':');
    descriptions.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
  }

  /** The limits of a field: its name, a colon, the least and the most, as numbers. */
  void limit(String line) {
    int colon = line.indexOf(':');
    String[] numbers = line.substring(colon + 1).strip().split(" +");
    limits.put(
        line.substring(0, colon).strip(),
        new Constraints(
            Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), 0, Integer.MAX_VALUE));
  }

  Signature<ObjectNode, ObjectNode> signature() {
    Signature<ObjectNode, ObjectNode> parsed = typed(text);
    List<Field> outputs =
        parsed.outputFields().stream()
            .map(
                field ->
                    new Field(
                        field.name(),
                        field.type(),
                        "",
                        limits.getOrDefault(field.name(), Constraints.NONE)))
            .toList();
    return Signature.of(
        Codec.ofJson(parsed.inputFields()), Codec.ofJson(outputs), "Answer carefully.");
  }

  private Signature<ObjectNode, ObjectNode> typed(String form) {
    String plain = form;
    for (String name : records.keySet()) {
      plain =
          Pattern.compile("(?<![\\w|])" + name + "(?![\\w|:])")
              .matcher(plain)
              .replaceAll("enum[" + name + "]");
    }
    Signature<ObjectNode, ObjectNode> parsed = Signature.parse(plain);
    return Signature.of(
        Codec.ofJson(parsed.inputFields()),
        Codec.ofJson(
            parsed.outputFields().stream()
                .map(field -> Field.of(field.name(), replaced(field.type())))
                .toList()),
        "Answer carefully.");
  }

  private FieldType replaced(FieldType type) {
    if (type instanceof FieldType.Choice choice) {
      List<Field> fields = records.get(choice.names().get(0));
      return fields == null
          ? new FieldType.Choice(
              choice.names().stream()
                  .map(name -> new Allowed(name, descriptions.getOrDefault(name, "")))
                  .toList())
          : new FieldType.ObjectOf(choice.names().get(0), fields);
    }
    if (type instanceof FieldType.ListOf list) {
      return new FieldType.ListOf(replaced(list.item()));
    }
    if (type instanceof FieldType.SetOf set) {
      return new FieldType.SetOf(replaced(set.item()));
    }
    if (type instanceof FieldType.MapOf map) {
      return new FieldType.MapOf(replaced(map.key()), replaced(map.value()));
    }
    return type instanceof FieldType.OptionalOf optional
        ? new FieldType.OptionalOf(replaced(optional.type()))
        : type;
  }
}
