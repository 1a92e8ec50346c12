package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.spark.column.AnswerColumns;
import dev.hone.spark.column.InputColumns;
import dev.hone.spark.column.RowAnswer;
import dev.hone.type.Field;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Rows, the program for them and the model: checked on the driver. */
final class RowsToAnswer {
  private final Dataset<Row> rows;
  private final Work work;

  RowsToAnswer(Dataset<Row> rows, SparkProgram program, SparkModel model) {
    this.rows = SettingCheck.given("rows", rows);
    List<Field> fields = SettingCheck.given("program", program).signature().inputFields();
    Map<String, String> names = program.load().columns();
    if (Arrays.stream(rows.schema().fieldNames()).anyMatch(HoneSpark.COLUMN::equalsIgnoreCase)) {
      throw InvalidInputException.of(
          "The rows have a column %s already".formatted(HoneSpark.COLUMN), "drop or rename it");
    }
    this.work =
        new Work(
            program,
            SettingCheck.given("model", model).share(ExecutorCount.of(rows.sparkSession())),
            InputColumns.of(fields, rows.schema(), names),
            AnswerColumns.of(rows.sparkSession()));
  }

  /**
   * What goes to the executors: data only.
   *
   * @param program the program
   * @param share the part of the model's rates that is an executor's
   * @param inputs which column is which input
   * @param outputs how answers become columns
   */
  record Work(SparkProgram program, SparkModel share, InputColumns inputs, AnswerColumns outputs)
      implements Serializable {
    ExecutorProgram here() {
      return ExecutorProgram.of(program, share);
    }

    RowAnswer answer(ExecutorProgram here, Row row) {
      return here.answer(() -> inputs.input(row, program.signature().inputFields()));
    }

    Iterator<Row> answered(Iterator<Row> partition) {
      ExecutorProgram here = here();
      List<Field> fields = program.signature().outputFields();
      return PartitionWork.of(
          partition,
          row -> with(row, outputs.row(answer(here, row).orThrow(), fields)),
          here.threads(),
          here.mostUnderWay());
    }
  }

  Dataset<Row> rows() {
    return rows;
  }

  Work work() {
    return work;
  }

  StructType schema() {
    return rows.schema()
        .add(HoneSpark.COLUMN, AnswerColumns.schema(work.program().signature().outputFields()));
  }

  Dataset<Row> answered() {
    Work sent = work;
    return rows.mapPartitions(
        (MapPartitionsFunction<Row, Row>) sent::answered, Encoders.row(schema()));
  }

  private static Row with(Row row, Row last) {
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = last;
    return RowFactory.create(values);
  }
}
