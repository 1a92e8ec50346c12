package dev.hone.sparkjobs;

import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.spark.HoneSpark;
import dev.hone.spark.SparkModel;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a number of rows by a script, through {@link HoneSpark#answer} or through a plain map of
 * Spark that calls {@code Compiled.run}: {@code ScaleJob hone|plain ROWS}. Prints a line with the
 * seconds and the heap that was left after the collections of the old generation.
 */
public final class ScaleJob {
  private static final int ROWS_PER_PARTITION = 50_000;
  private static final int MEGA = 1 << 20;

  private ScaleJob() {}

  /** Runs the job. */
  public static void main(String[] args) throws Exception {
    String way = args[0];
    long count = Long.parseLong(args[1]);
    SparkSession spark = SparkSession.builder().appName("scale").getOrCreate();
    try {
      answer(spark, way, 20_000); // warm
      long start = System.nanoTime();
      long failed = answer(spark, way, count);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.gc();
      System.out.printf(
          Locale.ROOT,
          "%s %d rows, %d failed, %.1f s, %.2f us/row, heap after collections at most %d MB, at the"
              + " end %d MB of %d MB%n",
          way,
          count,
          failed,
          seconds,
          seconds * 1e6 / count,
          oldAfterCollection() / MEGA,
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGA,
          Runtime.getRuntime().maxMemory() / MEGA);
    } finally {
      spark.stop();
    }
  }

  /** The rows that got no answer. */
  private static long answer(SparkSession spark, String way, long count) throws Exception {
    int partitions = (int) Math.max(2, count / ROWS_PER_PARTITION);
    Dataset<Row> rows = Archive.messages(spark, count, partitions).drop("topic", "urgent");
    if (way.equals("hone")) {
      return HoneSpark.answer(rows, Archive.program(), SparkModel.named(ArchiveModelProvider.NAME))
          .filter("hone.answer.topic is null")
          .count();
    }
    Path artifact = Files.createTempFile("archive", ".json");
    Archive.compiled().save(artifact);
    String file = artifact.toString();
    return rows.mapPartitions(
            (MapPartitionsFunction<Row, String>) p -> plain(p, file), Encoders.STRING())
        .filter("value is null")
        .count();
  }

  private static Iterator<String> plain(Iterator<Row> rows, String file) {
    Plain program = Plain.of(file);
    return CollectionConverters.asJava(
        CollectionConverters.asScala(rows).map(row -> program.topic(row.getString(1))));
  }

  /** What a plain job does: a program and a context in each process, and a call for each row. */
  private record Plain(Compiled<ObjectNode, ObjectNode> program, Context context) {
    private static final Map<String, Plain> MADE = new ConcurrentHashMap<>();

    static Plain of(String file) {
      return MADE.computeIfAbsent(
          file,
          any ->
              new Plain(
                  Compiled.loadDynamic(Path.of(file)).compiled(),
                  Context.builder().lm(LanguageModel.named(ArchiveModelProvider.NAME)).build()));
    }

    String topic(String text) {
      ObjectNode input = Json.object().put("text", text);
      return context.call(() -> program.run(input)).path("topic").stringValue();
    }
  }

  private static long oldAfterCollection() {
    long most = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getCollectionUsage() != null && pool.getName().contains("Old")) {
        most = Math.max(most, pool.getCollectionUsage().getUsed());
      }
    }
    return most;
  }
}
