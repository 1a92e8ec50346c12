package dev.hone.spark;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.text.NearestName;
import dev.hone.text.Redaction;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The job that {@code spark-submit} and {@code hone run --engine spark} start: answers every row of
 * a file or folder once, see {@link HoneSpark#run}. Prints the report to standard output.
 *
 * <pre>
 * --program FILE            the saved program
 * --project FILE            the project file instead, with --program as what was learnt
 * --model NAME              such as openai:gpt-4o-mini
 * --in PATH                 the rows: .csv with a header, .jsonl, .parquet, or a folder
 * --format NAME             csv, jsonl or parquet, where the name does not say it
 * --key COLUMN              the column that tells rows apart
 * --out FOLDER              where answers are kept, and what an earlier start left is used
 * --in-flight N             calls in flight per executor (16)
 * --requests-per-minute N   over all executors
 * --tokens-per-minute N     over all executors
 * --executors N             by which rates are divided
 * --again                   asks rows again that failed
 * </pre>
 */
public final class SparkJob {
  private static final String AGAIN = "again";
  private static final List<String> OPTIONS =
      List.of(
          "program",
          "project",
          "model",
          "in",
          "format",
          "key",
          "out",
          "in-flight",
          "requests-per-minute",
          "tokens-per-minute",
          "executors",
          AGAIN);

  private final Map<String, String> options;

  private SparkJob(Map<String, String> options) {
    this.options = options;
  }

  /** Runs the job. Exit code 2 if it cannot be run as it was asked for, 1 if rows failed. */
  public static void main(String[] args) {
    int code;
    SparkSession spark = SparkSession.builder().appName("hone").getOrCreate();
    try {
      code = run(spark, args);
    } catch (HoneException e) {
      System.err.println(Redaction.of(String.valueOf(e.getMessage())));
      code = 2;
    } finally {
      spark.stop();
    }
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs the job in a session. */
  static int run(SparkSession spark, String... args) {
    SparkAnswers answers = of(args).answers(spark);
    System.out.println(answers.report());
    answers
        .report()
        .failures()
        .forEach((kind, rows) -> System.out.println("  %s: %d".formatted(kind, rows)));
    return answers.report().failed() > 0 ? 1 : 0;
  }

  private static SparkJob of(String... args) {
    Map<String, String> options = new LinkedHashMap<>();
    Deque<String> left = new ArrayDeque<>(List.of(args));
    while (!left.isEmpty()) {
      String name = left.pop().replaceFirst("^--", "");
      if (!OPTIONS.contains(name)) {
        throw InvalidInputException.of(
            "There is no option --" + name,
            NearestName.of(name, OPTIONS)
                .map(near -> "use --" + near)
                .orElse("use some of --" + String.join(", --", OPTIONS)));
      }
      if (!name.equals(AGAIN) && left.isEmpty()) {
        throw InvalidInputException.of("--" + name + " has no value", "write it after it");
      }
      options.put(name, name.equals(AGAIN) ? "true" : left.pop());
    }
    return new SparkJob(options);
  }

  private SparkAnswers answers(SparkSession spark) {
    SparkProgram program = program();
    SparkModel model = model();
    String key = needed("key", "id");
    String out = needed("out", "hdfs:///answers");
    Dataset<Row> rows = rows(spark, needed("in", "tickets.jsonl"));
    return options.containsKey(AGAIN)
        ? HoneSpark.runAgain(rows, key, program, model, out)
        : HoneSpark.run(rows, key, program, model, out);
  }

  private String needed(String name, String example) {
    String value = options.get(name);
    if (value == null) {
      throw InvalidInputException.of("--" + name + " is missing", "add --" + name + " " + example);
    }
    return value;
  }

  private SparkProgram program() {
    String project = options.get("project");
    return project == null
        ? SparkProgram.of(Path.of(needed("program", "topic.program.json")))
        : SparkProgram.ofProject(Path.of(project), path(options.get("program")));
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  private SparkModel model() {
    SparkModel model = SparkModel.named(needed("model", "openai:gpt-4o-mini"));
    if (options.containsKey("in-flight")) {
      model = model.maxInFlight((int) number("in-flight"));
    }
    if (options.containsKey("requests-per-minute")) {
      model = model.requestsPerMinute(number("requests-per-minute"));
    }
    if (options.containsKey("tokens-per-minute")) {
      model = model.tokensPerMinute(number("tokens-per-minute"));
    }
    return options.containsKey("executors") ? model.executors((int) number("executors")) : model;
  }

  private long number(String name) {
    String text = String.valueOf(options.get(name));
    if (!text.matches("\\d{1,9}")) {
      throw InvalidInputException.of(
          "--%s (%s) is no whole number".formatted(name, text), "write --" + name + " 100");
    }
    return Long.parseLong(text);
  }

  private Dataset<Row> rows(SparkSession spark, String path) {
    String format = options.getOrDefault("format", path.replaceFirst("^.*\\.", ""));
    return switch (format) {
      case "parquet" -> spark.read().parquet(path);
      case "jsonl", "json", "ndjson" -> spark.read().json(path);
      case "csv" ->
          spark
              .read()
              .option("header", true)
              .option("multiLine", true)
              .option("escape", "\"")
              .csv(path);
      default ->
          throw InvalidInputException.of(
              "The format of %s (%s) is not one of csv, jsonl and parquet".formatted(path, format),
              "add --format parquet");
    };
  }
}
