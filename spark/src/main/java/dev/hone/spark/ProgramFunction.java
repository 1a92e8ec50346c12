package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.spark.column.AnswerColumns;
import dev.hone.spark.column.ColumnValues;
import dev.hone.spark.column.InputColumns;
import dev.hone.spark.column.RowAnswer;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A program as a function of SQL: of one value, or of a struct with a field for each input. */
final class ProgramFunction implements UDF1<@Nullable Object, Row> {
  private static final long serialVersionUID = 1L;

  private final SparkProgram program;
  private final SparkModel share;
  private final AnswerColumns columns;
  private transient volatile @Nullable Matched matched;

  ProgramFunction(SparkProgram program, SparkModel share, AnswerColumns columns) {
    this.program = program;
    this.share = share;
    this.columns = columns;
  }

  private record Matched(StructType schema, InputColumns columns) {}

  @Override
  public Row call(@Nullable Object value) {
    List<Field> fields = program.signature().inputFields();
    Supplier<ObjectNode> input;
    if (value instanceof Row row && !isOneRecord(fields)) {
      InputColumns found = columns(row.schema());
      input = () -> found.input(row, fields);
    } else {
      Field only = onlyOne(fields);
      input = () -> input(only, value);
    }
    RowAnswer answer = ExecutorProgram.of(program, share).answer(input).orThrow();
    return columns.row(answer, program.signature().outputFields());
  }

  private static ObjectNode input(Field field, @Nullable Object value) {
    ObjectNode input = Json.object();
    input.set(field.name(), InputColumns.read(field, ColumnValues.toJson(value)));
    return input;
  }

  private Field onlyOne(List<Field> fields) {
    if (fields.size() > 1) {
      String names = InputColumns.names(program.signature());
      throw InvalidInputException.of(
          "The function was given one value, and the program takes " + names,
          "call it with struct(%s)".formatted(names));
    }
    return fields.get(0);
  }

  private static boolean isOneRecord(List<Field> fields) {
    return fields.size() == 1
        && fields.get(0).type().withoutOptional() instanceof FieldType.ObjectOf;
  }

  private InputColumns columns(StructType schema) {
    Matched known = matched;
    if (known == null || !known.schema().equals(schema)) {
      Map<String, String> names = program.load().columns();
      known =
          new Matched(schema, InputColumns.of(program.signature().inputFields(), schema, names));
      matched = known;
    }
    return known.columns();
  }
}
