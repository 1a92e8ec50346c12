package dev.hone.sparkjobs;

import dev.hone.modelserver.ModelServer;
import dev.hone.spark.HoneSpark;
import dev.hone.spark.SparkAnswers;
import dev.hone.spark.SparkModel;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Kills executors under a run: {@code KillJob FOLDER ROWS SEED}, with a master of {@code
 * local-cluster}, whose executors are processes of their own. The model is a server in this process
 * that counts its calls, so that what the ledger says was paid can be held against it. Ends with 1
 * unless every row was answered once and the cost is accounted.
 */
public final class KillJob {
  private static final int KILLS = 3;
  private static final int PARTITIONS = 16;
  private static final Duration DELAY = Duration.ofMillis(40);

  private final AtomicLong calls = new AtomicLong();
  private final Path folder;
  private final long count;
  private final Random random;

  private KillJob(Path folder, long count, long seed) {
    this.folder = folder;
    this.count = count;
    this.random = new Random(seed);
  }

  /** Runs the job. */
  public static void main(String[] args) {
    boolean kept =
        new KillJob(Path.of(args[0]), Long.parseLong(args[1]), Long.parseLong(args[2])).run();
    if (!kept) {
      System.exit(1);
    }
  }

  private boolean run() {
    ScriptedModel script =
        ScriptedModel.answering(
            request -> {
              calls.incrementAndGet();
              return ArchiveModelProvider.answer(request);
            });
    try (ModelServer server = ModelServer.builder(script).delay(DELAY).start()) {
      SparkSession spark = SparkSession.builder().appName("kill").getOrCreate();
      try {
        Thread killer = new Thread(this::kill, "killer");
        killer.setDaemon(true);
        killer.start();
        SparkModel model =
            SparkModel.named("openai-compatible:archive@" + server.baseUrl())
                .maxInFlight(8)
                .withoutCache();
        Dataset<Row> rows = Archive.messages(spark, count, PARTITIONS);
        SparkAnswers answers =
            HoneSpark.run(rows, "id", Archive.program(), model, folder.toUri().toString());
        return check(answers);
      } finally {
        spark.stop();
      }
    }
  }

  private boolean check(SparkAnswers answers) {
    Dataset<Row> rows = answers.rows();
    long distinct = rows.select("id").distinct().count();
    long right = rows.filter("hone.answer.topic = topic and hone.answer.urgent = urgent").count();
    long paid = answers.report().spend().lmCalls();
    long most = paid + answers.report().lostAtMost();
    System.out.println(answers.report());
    System.out.printf(
        "rows %d, distinct %d, right %d; calls at the server %d, paid by the ledger %d, with those"
            + " lost at most %d; attempts of tasks %d%n",
        rows.count(), distinct, right, calls.get(), paid, most, answers.report().attempts());
    return rows.count() == count
        && distinct == count
        && right == count
        && paid <= calls.get()
        && calls.get() <= most;
  }

  /** Kills one executor each time that another part of the rows is answered. */
  private void kill() {
    try {
      for (int i = 1; i <= KILLS; i++) {
        double share = (i - 0.5 + random.nextDouble() / 2) / (KILLS + 1);
        while (lines() < share * count) {
          Thread.sleep(100);
        }
        List<ProcessHandle> executors = executors();
        ProcessHandle one = executors.get(random.nextInt(executors.size()));
        System.out.printf(
            "kill -9 executor %d of %d (pid %d) after %d rows%n",
            executors.indexOf(one) + 1, executors.size(), one.pid(), lines());
        one.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The executors of local-cluster are the only processes that this one has started. */
  private static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }

  private long lines() {
    Path ledger = folder.resolve("ledger");
    if (!Files.isDirectory(ledger)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(ledger)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .mapToLong(KillJob::linesOf)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long linesOf(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.startsWith("{\"key\"")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
