package dev.hone.cli.spark;

import dev.hone.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for runs on Spark. */
public final class SparkOptions {
  private static final String LOCAL = "local";
  private static final String SPARK = "spark";
  private static final String JOB = "dev.hone.spark.SparkJob";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = LOCAL,
      description =
          "local, or spark: starts $SPARK_HOME/bin/spark-submit (Spark 4.2), with the answers in"
              + " the folder of --out (default: ${DEFAULT-VALUE}).")
  private String engine = LOCAL;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "On Spark: the column that tells rows apart, by which none is paid for twice.")
  private @Nullable String key;

  @Option(
      names = "--executors",
      paramLabel = "N",
      description = "On Spark: by how many executors the rate is divided (default: as configured).")
  private @Nullable Integer executors;

  @Option(
      names = "--spark-arg",
      paramLabel = "ARG",
      description =
          "On Spark: an argument of spark-submit, such as --spark-arg=--master"
              + " --spark-arg=yarn; may be repeated.")
  private List<String> submitArguments = List.of();

  /**
   * What is run, where.
   *
   * @param project the project file
   * @param program the saved program; empty for the one that the project says
   * @param model the model's name
   * @param inFlight the most calls in flight on an executor
   * @param requestsPerMinute the most requests a minute of all executors; empty for any number
   * @param rows the rows
   * @param out the folder for the answers, as a path or an address such as {@code s3a://…}; null if
   *     none was said
   */
  public record Job(
      Path project,
      Optional<Path> program,
      String model,
      int inFlight,
      Optional<Long> requestsPerMinute,
      String rows,
      @Nullable String out) {}

  /**
   * Whether the run is to be on Spark.
   *
   * @throws InvalidInputException if the engine is another one, or options of Spark are given
   *     without it
   */
  public boolean isSpark() {
    if (!engine.equals(LOCAL) && !engine.equals(SPARK)) {
      throw InvalidInputException.of(
          "--engine (%s) is not one of local and spark".formatted(engine), "use --engine spark");
    }
    boolean others = key != null || executors != null || !submitArguments.isEmpty();
    if (engine.equals(LOCAL) && others) {
      throw InvalidInputException.of(
          "--key, --executors and --spark-arg are for runs on Spark", "add --engine spark");
    }
    return engine.equals(SPARK);
  }

  /**
   * Starts the job and waits for it; its output is that of this process.
   *
   * @return the exit code
   * @throws InvalidInputException if Spark is not there or of another version, or a part is missing
   */
  public int run(Job job) {
    SparkHome home = SparkHome.of(System.getenv());
    return start(command(home, SparkJars.installed(), job), home);
  }

  /** The command line that starts a job. */
  List<String> command(SparkHome home, SparkJars jars, Job job) {
    if (key == null) {
      throw InvalidInputException.of(
          "A run on Spark needs --key, the column that tells rows apart", "add --key id");
    }
    if (job.out() == null) {
      throw InvalidInputException.of(
          "A run on Spark needs --out, the folder for the answers", "add --out answers");
    }
    List<String> command = new ArrayList<>(List.of(home.submit().toString()));
    command.addAll(submitArguments);
    command.addAll(List.of("--class", JOB, "--jars", joined(jars.others())));
    command.add(jars.job().toAbsolutePath().toString());
    command.addAll(List.of("--project", job.project().toAbsolutePath().toString()));
    job.program().ifPresent(file -> add(command, "--program", file.toAbsolutePath()));
    add(command, "--model", job.model());
    add(command, "--in-flight", job.inFlight());
    add(command, "--in", job.rows());
    add(command, "--key", key);
    add(command, "--out", job.out());
    job.requestsPerMinute().ifPresent(rate -> add(command, "--requests-per-minute", rate));
    if (executors != null) {
      add(command, "--executors", executors);
    }
    return command;
  }

  private static void add(List<String> command, String name, Object value) {
    command.add(name);
    command.add(value.toString());
  }

  private static String joined(List<Path> jars) {
    return jars.stream().map(jar -> jar.toUri().toString()).collect(Collectors.joining(","));
  }

  private static int start(List<String> command, SparkHome home) {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", home.folder().toAbsolutePath().toString());
    try {
      Process process = builder.start();
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
        return 1;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Spark could not be started: " + e.getMessage(), e);
    }
  }
}
