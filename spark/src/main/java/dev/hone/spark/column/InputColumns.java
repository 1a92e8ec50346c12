package dev.hone.spark.column;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType.OptionalOf;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Which column of a row is which field, found by name and checked by type. Immutable. */
public final class InputColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ABSENT = -1;

  private final int[] places;

  private InputColumns(int[] places) {
    this.places = places;
  }

  /**
   * Finds the columns of fields: those of a field's name, else of that name in another case.
   *
   * @param columns the columns of fields that have another name, by field
   * @throws InvalidInputException if a field has no column, or one of another type
   */
  public static InputColumns of(
      List<Field> fields, StructType schema, Map<String, String> columns) {
    int[] places = new int[fields.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(fields.get(i), schema, columns);
    }
    return new InputColumns(places);
  }

  private static int place(Field field, StructType schema, Map<String, String> columns) {
    String wanted = columns.getOrDefault(field.name(), field.name());
    int place = place(wanted, schema);
    if (place == ABSENT) {
      if (field.type() instanceof OptionalOf) {
        return ABSENT;
      }
      throw missing(field, wanted, schema);
    }
    var type = schema.fields()[place].dataType();
    if (!ColumnTypes.fits(field.type(), type)) {
      throw InvalidInputException.of(
          "The column %s is of the type %s, expected %s"
              .formatted(wanted, type.catalogString(), field.type().label()),
          "cast it to " + ColumnTypes.of(field.type()).catalogString());
    }
    return place;
  }

  /** The place of a column, by its name in any case unless there is one of exactly that name. */
  private static int place(String name, StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    int place = names.indexOf(name);
    if (place >= 0) {
      return place;
    }
    List<String> alike = names.stream().filter(name::equalsIgnoreCase).toList();
    return alike.size() == 1 ? names.indexOf(alike.get(0)) : ABSENT;
  }

  private static InvalidInputException missing(Field field, String wanted, StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    return InvalidInputException.of(
        "There is no column %s, expected %s; the columns are %s"
            .formatted(wanted, field.type().label(), names),
        NearestName.of(wanted, names)
            .map(near -> "rename %s to %s".formatted(near, wanted))
            .orElse("add it"));
  }

  /**
   * The input of a row.
   *
   * @throws InvalidInputException if a value is missing or does not fit
   */
  public ObjectNode input(Row row, List<Field> fields) {
    ObjectNode input = Json.object();
    for (int i = 0; i < places.length; i++) {
      Field field = fields.get(i);
      JsonNode value =
          places[i] == ABSENT || row.isNullAt(places[i])
              ? NullNode.getInstance()
              : ColumnValues.toJson(row.get(places[i]));
      input.set(field.name(), read(field, value));
    }
    return input;
  }

  /** Whether all values of a row are null, as those of a label that is not there. */
  public boolean isEmpty(Row row) {
    return Arrays.stream(places).allMatch(place -> place == ABSENT || row.isNullAt(place));
  }

  /**
   * One value as that of a field.
   *
   * @throws InvalidInputException if it is missing or does not fit
   */
  public static JsonNode read(Field field, JsonNode value) {
    try {
      if (value.isNull() && !(field.type() instanceof OptionalOf)) {
        throw new TypeMismatchException(
            field.name(), "the value is missing, expected " + field.type().label());
      }
      return value.isString()
          ? Coercion.text(field, value.stringValue(), field.name())
          : Coercion.value(field, value, field.name());
    } catch (TypeMismatchException e) {
      throw new InvalidInputException(
          "The row does not fit: %s. Maybe give values for all of the program's inputs."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** What a program takes, as a message names it. */
  public static String names(Signature<?, ?> signature) {
    return String.join(", ", signature.inputFields().stream().map(Field::name).toList());
  }
}
