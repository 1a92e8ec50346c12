package dev.hone.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.json.Json;
import dev.hone.spark.column.AnswerColumns;
import dev.hone.spark.column.RowAnswer;
import dev.hone.spark.ledger.Ledger;
import dev.hone.spark.ledger.LedgerLines;
import dev.hone.spark.ledger.LedgerTotals;
import dev.hone.spark.ledger.LedgerWriter;
import dev.hone.text.Plural;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import tools.jackson.databind.node.ObjectNode;

/** Rows that are answered once each, with a ledger of what was paid for; see {@link Ledger}. */
final class KeyedRun {
  private static final String KEY = "__hone_key";
  private static final int KEYS_SHOWN = 3;

  private final RowsToAnswer work;
  private final String key;
  private final Ledger ledger;
  private final SparkSession spark;

  KeyedRun(Dataset<Row> rows, String key, SparkProgram program, SparkModel model, String folder) {
    this.work = new RowsToAnswer(rows, program, model);
    this.key = requireKey(rows.schema(), SettingCheck.given("key", key));
    this.spark = rows.sparkSession();
    Configuration files = spark.sparkContext().hadoopConfiguration();
    this.ledger = Ledger.of(SettingCheck.given("folder", folder), files);
  }

  private static String requireKey(StructType schema, String key) {
    if (!Arrays.asList(schema.fieldNames()).contains(key)) {
      throw InvalidInputException.of(
          "There is no column %s; the columns are %s"
              .formatted(key, Arrays.toString(schema.fieldNames())),
          "name the one that tells rows apart");
    }
    DataType type = schema.apply(key).dataType();
    boolean usable =
        type instanceof StringType
            || type instanceof IntegralType
            || type instanceof DateType
            || type instanceof BooleanType;
    if (!usable) {
      throw InvalidInputException.of(
          "The key %s is of the type %s, expected a string or a whole number"
              .formatted(key, type.catalogString()),
          "cast it to a string");
    }
    return key;
  }

  /**
   * What goes to the executors for each partition.
   *
   * @param work how a row is answered
   * @param folder where it is kept
   * @param start the folder of this start
   */
  private record Attempt(RowsToAnswer.Work work, String folder, String start)
      implements Serializable {
    void run(Iterator<Row> rows) {
      TaskContext task = TaskContext.get();
      Ledger ledger = Ledger.of(folder, LedgerLines.configuration());
      Set<String> paid = ledger.keys(start, task.partitionId(), false);
      ExecutorProgram here = work.here();
      LedgerWriter writer =
          LedgerWriter.begin(
              ledger, start, task.partitionId(), task.taskAttemptId(), here.mostUnderWay() + 1);
      // Listeners are called from the last one to the first: what is under way is stopped before.
      task.addTaskCompletionListener((TaskCompletionListener) ended -> writer.close());
      PartitionWork<Row, RowAnswer> answers =
          PartitionWork.of(
              new Unpaid(rows, paid),
              row -> writer.record(keyOf(row), () -> work.answer(here, row)),
              here.threads(),
              here.mostUnderWay());
      answers.forEachRemaining(RowAnswer::orThrow);
    }

    private static String keyOf(Row row) {
      return row.getString(row.size() - 1);
    }
  }

  /** The rows that no earlier attempt was paid for. */
  private static final class Unpaid implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Set<String> paid;
    private Row next;

    Unpaid(Iterator<Row> rows, Set<String> paid) {
      this.rows = rows;
      this.paid = paid;
      this.next = advance();
    }

    private Row advance() {
      while (rows.hasNext()) {
        Row row = rows.next();
        if (!paid.contains(Attempt.keyOf(row))) {
          return row;
        }
      }
      return Row.empty();
    }

    @Override
    public boolean hasNext() {
      return next.size() > 0;
    }

    @Override
    public Row next() {
      Row row = next;
      next = advance();
      return row;
    }
  }

  SparkAnswers run(boolean again) {
    ledger.keepPlan(plan());
    Column named = col("`" + key.replace("`", "``") + "`");
    Dataset<Row> keyed = work.rows().withColumn(KEY, named.cast(DataTypes.StringType));
    requireUnique(keyed);
    Attempt attempt =
        new Attempt(work.work(), ledger.uri().toString(), UUID.randomUUID().toString());
    pending(keyed, again).foreachPartition((ForeachPartitionFunction<Row>) attempt::run);
    Dataset<Row> answered = keyed.join(answers(), new String[] {KEY}, "left_outer").drop(KEY);
    answered.write().mode(SaveMode.Overwrite).parquet(ledger.answers());
    Dataset<Row> rows = spark.read().schema(work.schema()).parquet(ledger.answers());
    requireAnswers(rows.filter(col(HoneSpark.COLUMN).isNull()).count());
    return new SparkAnswers(rows, SparkReport.of(rows, paid()));
  }

  private void requireAnswers(long without) {
    if (without > 0) {
      throw InvalidInputException.of(
          "%s in %s have no answer: there were others when the run began"
              .formatted(Plural.of(without, "row"), ledger.answers()),
          "start it again with the same folder, with rows that stay as they are, such as written"
              + " ones");
    }
  }

  private ObjectNode plan() {
    return Json.object()
        .put("format", 1)
        .put("program", work.work().program().fingerprint())
        .put("model", work.work().share().name())
        .put("key", key);
  }

  private void requireUnique(Dataset<Row> keyed) {
    List<Row> repeated =
        keyed
            .groupBy(KEY)
            .count()
            .filter(col(KEY).isNull().or(col("count").gt(1)))
            .limit(KEYS_SHOWN)
            .collectAsList();
    if (!repeated.isEmpty()) {
      throw InvalidInputException.of(
          "The key %s does not tell rows apart: %s"
              .formatted(
                  key,
                  repeated.stream()
                      .map(row -> "%s of %s".formatted(row.get(0), row.get(1)))
                      .collect(Collectors.joining(", ", "rows of a value: ", ""))),
          "take a column that is there and unique, or drop the duplicates");
    }
  }

  private Dataset<Row> pending(Dataset<Row> keyed, boolean again) {
    if (!ledger.hasLines()) {
      return keyed;
    }
    Dataset<Row> known = best();
    Dataset<Row> done = again ? known.filter(col("best.failed").equalTo(0)) : known;
    return keyed.join(done.select(KEY), keyed.col(KEY).equalTo(done.col(KEY)), "left_anti");
  }

  /** The lines of the ledger that say what became of a row: key, failed (0 or 1), line. */
  private Dataset<Row> outcomes() {
    StructType schema =
        new StructType()
            .add(KEY, DataTypes.StringType)
            .add("failed", DataTypes.IntegerType)
            .add("line", DataTypes.StringType);
    return lines()
        .flatMap(
            (FlatMapFunction<String, Row>)
                line ->
                    Ledger.object(line)
                        .filter(Ledger::isOutcome)
                        .map(
                            node ->
                                RowFactory.create(
                                    node.path("key").asString(""),
                                    node.has("output") ? 0 : 1,
                                    line))
                        .stream()
                        .iterator(),
            Encoders.row(schema));
  }

  private Dataset<String> lines() {
    return LedgerLines.of(spark, ledger);
  }

  /** One line for each key: answered before failed, then the first in the order of their text. */
  private Dataset<Row> best() {
    Column first = functions.min(struct(col("failed"), col("line"))).as("best");
    return outcomes().groupBy(KEY).agg(first);
  }

  private Dataset<Row> answers() {
    if (!ledger.hasLines()) {
      return spark.createDataFrame(List.of(), answerSchema());
    }
    RowsToAnswer.Work sent = work.work();
    return best()
        .select(col(KEY), col("best.line").as("line"))
        .map((MapFunction<Row, Row>) row -> typed(sent, row), Encoders.row(answerSchema()));
  }

  private StructType answerSchema() {
    return new StructType()
        .add(KEY, DataTypes.StringType)
        .add(
            HoneSpark.COLUMN,
            AnswerColumns.schema(work.work().program().signature().outputFields()));
  }

  private static Row typed(RowsToAnswer.Work work, Row row) {
    RowAnswer answer = RowAnswer.of(Ledger.object(row.getString(1)).orElseThrow());
    return RowFactory.create(
        row.getString(0), work.outputs().row(answer, work.program().signature().outputFields()));
  }

  private LedgerTotals paid() {
    if (!ledger.hasLines()) {
      return LedgerTotals.NONE;
    }
    return LedgerTotals.of(lines());
  }
}
