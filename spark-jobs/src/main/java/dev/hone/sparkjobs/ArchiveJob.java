package dev.hone.sparkjobs;

import dev.hone.spark.HoneSpark;
import dev.hone.spark.SparkAnswers;
import dev.hone.spark.SparkEvaluation;
import dev.hone.spark.SparkMetric;
import dev.hone.spark.SparkModel;
import dev.hone.spark.SparkProgram;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The example: measures a program on labelled messages, then sorts an archive, keeps what it paid
 * for, and asks SQL for what is urgent. With the model {@code archive} it needs no network; any
 * other is named as the second argument.
 *
 * <pre>
 * spark-submit --class dev.hone.sparkjobs.ArchiveJob --jars … hone-spark-jobs.jar FOLDER [MODEL] [ROWS]
 * </pre>
 */
public final class ArchiveJob {
  private static final long ROWS = 2_000;
  private static final int PARTITIONS = 8;

  private ArchiveJob() {}

  /** Runs the job, and prints what it found. */
  public static void main(String[] args) {
    if (args.length == 0) {
      System.err.println("The folder for the answers is missing. Maybe add /tmp/archive.");
      System.exit(2);
    }
    SparkSession spark = SparkSession.builder().appName("archive").getOrCreate();
    try {
      SparkModel model = SparkModel.named(args.length > 1 ? args[1] : ArchiveModelProvider.NAME);
      long rows = args.length > 2 ? Long.parseLong(args[2]) : ROWS;
      run(spark, model, args[0], rows).forEach(System.out::println);
    } finally {
      spark.stop();
    }
  }

  /** The lines that the job prints. */
  static List<String> run(SparkSession spark, SparkModel model, String folder, long count) {
    SparkProgram program = Archive.program();
    Dataset<Row> messages = Archive.messages(spark, count, PARTITIONS);

    SparkEvaluation evaluation =
        HoneSpark.evaluate(
            messages.limit((int) Math.min(count, 200)),
            program,
            model,
            SparkMetric.macroF1("topic"));

    Dataset<Row> archive = messages.drop("topic", "urgent");
    SparkAnswers answers = HoneSpark.run(archive, "id", program, model, folder);

    HoneSpark.register(spark, "classify", program, model);
    archive.limit(5).createOrReplaceTempView("first");
    answers.rows().createOrReplaceTempView("answers");
    long urgent =
        spark.sql("select count(*) from answers where hone.answer.urgent").first().getLong(0);
    List<String> lines = new ArrayList<>();
    lines.add(evaluation.toString());
    lines.add(answers.report().toString());
    lines.add("urgent: " + urgent);
    spark
        .sql("select id, classify(text).answer.topic from first order by id")
        .collectAsList()
        .forEach(row -> lines.add(row.get(0) + ": " + row.get(1)));
    return lines;
  }
}
