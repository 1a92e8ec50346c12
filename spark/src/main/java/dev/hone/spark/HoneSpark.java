package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.spark.column.AnswerColumns;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;

/**
 * Compiled programs on Spark 4.2: as a function of SQL, as a column, over an archive, and measured.
 *
 * <pre>{@code
 * SparkProgram program = SparkProgram.of(Path.of("topic.program.json"));
 * SparkModel model = SparkModel.named("openai:gpt-4o-mini").requestsPerMinute(5_000);
 * SparkAnswers answers = HoneSpark.run(tickets, "id", program, model, "hdfs:///answers/topic");
 * answers.rows().select("id", "hone.answer.topic").show();
 * System.out.println(answers.report());
 * }</pre>
 *
 * <p>Columns are found by the names of the program's inputs (in any case, where there is only one
 * such), and their types are checked on the driver, before the first call. A row is answered with a
 * struct: {@code answer} with a typed column per output, or {@code failure} with {@code kind} (the
 * class of the exception, such as {@code UnparsableReplyException}) and {@code message}; and {@code
 * usage} with {@code calls}, {@code cached}, {@code prompt_tokens}, {@code completion_tokens} and
 * {@code usd}, which is null where the model has no price. A refused credential, a model that is
 * not on the class path and an interrupt fail the task, and so, after Spark's retries, the job.
 *
 * <p>What goes to the executors is the program's text and the model's name, never code or a key.
 * Keys are read from the environment of each executor. Each executor has one pipeline for a model,
 * whatever the number of its tasks. Thread-safe. Cost: the program's model calls per row, and what
 * Spark's own retries and speculative attempts repeat; {@link #run} repeats only what was under
 * way.
 */
public final class HoneSpark {
  /** The name of the column with the answers. */
  public static final String COLUMN = "hone";

  private HoneSpark() {}

  /**
   * Makes a saved program a function of SQL in a session, for Java, SQL and PySpark; see {@link
   * #register(SparkSession, String, SparkProgram, SparkModel)}.
   *
   * @param name what the function is called
   * @param compiledFile the program, as {@code Compiled.save} or {@code hone optimize} wrote it
   * @param model the model's name, such as {@code openai:gpt-4o-mini}
   */
  public static UserDefinedFunction register(
      SparkSession spark, String name, String compiledFile, String model) {
    return register(spark, name, SparkProgram.of(Path.of(compiledFile)), SparkModel.named(model));
  }

  /**
   * Makes a program a function of SQL. It takes the input of a program that has one, or a struct
   * with a field for each input: {@code classify(text)}, {@code classify(struct(subject, body))}.
   * It returns the struct, as {@code classify(text).answer.topic}.
   *
   * <p>Spark calls a function row by row, so each task has one row under way. It is good for
   * queries over few rows; {@link #answer} and {@link #run} have many under way.
   *
   * @return the function, to be called with columns
   * @throws InvalidInputException if the rate cannot be divided, see {@link SparkModel#executors}
   */
  public static UserDefinedFunction register(
      SparkSession spark, String name, SparkProgram program, SparkModel model) {
    SparkModel share = SettingCheck.given("model", model).share(ExecutorCount.of(spark));
    var type = AnswerColumns.schema(program.signature().outputFields());
    ProgramFunction function = new ProgramFunction(program, share, AnswerColumns.of(spark));
    // Not deterministic for Spark, which otherwise calls it once for each field that is selected.
    UserDefinedFunction made = functions.udf(function, type).asNondeterministic();
    return spark.udf().register(SettingCheck.given("name", name), made);
  }

  /**
   * The rows with one more column, {@value #COLUMN}: what the program answers. Lazy, as all of
   * Spark is: every action that needs the column pays for it again, and sorting needs it twice; so
   * write it first, or take {@link #run}. A task begins rows before they are asked for, some
   * hundreds: so {@code show()} and {@code limit} pay for more than they show. Rows keep their
   * order; each executor has as many under way as the model allows; memory is that of some thousand
   * rows per task.
   *
   * @throws InvalidInputException if a column is missing or does not fit, or one is called {@value
   *     #COLUMN} already, or the rate cannot be divided
   */
  public static Dataset<Row> answer(Dataset<Row> rows, SparkProgram program, SparkModel model) {
    return new RowsToAnswer(rows, program, model).answered();
  }

  /**
   * Answers every row once, and keeps each answer in a folder as soon as it is there, so that none
   * is paid for twice: a task that is tried again, on whichever executor, and a job that is started
   * again with the same folder go on with the rows that have none. Runs the job; returns when all
   * rows are in {@code FOLDER/answers}, as Parquet.
   *
   * <p>The key tells rows apart; it must be there, unique, and the same whenever the rows are read:
   * an id of the data, never {@code monotonically_increasing_id()}. Rows that failed stay so, as in
   * a batch of one machine; see {@link #runAgain}. What a kill takes away is what was under way;
   * {@link SparkReport#lostAtMost} says how much may have been paid for that is not in the report.
   * Of a row that two attempts answered (speculative execution) the first answer in the order of
   * their text counts as the row's, and both count as paid.
   *
   * @param rows read several times, so cache what is costly to compute
   * @param key the column that tells rows apart: a string, whole number, date or boolean
   * @param folder where answers are kept: one that driver and executors may write
   * @throws InvalidInputException as {@link #answer}; if a key is missing or not unique, or the
   *     folder is of another program, model or key
   */
  public static SparkAnswers run(
      Dataset<Row> rows, String key, SparkProgram program, SparkModel model, String folder) {
    return new KeyedRun(rows, key, program, model, folder).run(false);
  }

  /**
   * As {@link #run}, but rows of earlier starts that failed are asked again, such as after a model
   * was away.
   */
  public static SparkAnswers runAgain(
      Dataset<Row> rows, String key, SparkProgram program, SparkModel model, String folder) {
    return new KeyedRun(rows, key, program, model, folder).run(true);
  }

  /**
   * Measures a program on a data set of any size. Labels are the columns of the program's outputs;
   * rows without any label are left out where the metric reads it. A row whose program failed
   * scores 0, one without a reply of the model counts in {@link SparkEvaluation#unavailable} only.
   *
   * <p>Runs a job. Memory: the counts of the metric. What a task that is tried again pays twice is
   * in {@link SparkEvaluation#spend} once.
   *
   * @throws InvalidInputException as {@link #answer}; if the metric is one of whole sets that no
   *     counts give, or no row can be scored
   */
  public static SparkEvaluation evaluate(
      Dataset<Row> rows, SparkProgram program, SparkModel model, SparkMetric metric) {
    return new DistributedEvaluation(rows, program, model, metric).run();
  }
}
