package dev.hone.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.cli.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SparkOptionsTest {
  @TempDir Path folder;

  @Command
  private static final class WithOptions {
    @Mixin private ModelOptions model = new ModelOptions();
    @Mixin private SparkOptions spark = new SparkOptions();
  }

  private static SparkOptions parsed(String... args) {
    WithOptions command = new WithOptions();
    new CommandLine(command).parseArgs(args);
    return command.spark;
  }

  private SparkHome home(String version) throws IOException {
    Path home = folder.resolve("spark-" + version);
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("jars"));
    Files.writeString(home.resolve("bin/spark-submit"), "#!/bin/sh\n");
    Files.writeString(home.resolve("bin/spark-submit.cmd"), "");
    Files.writeString(home.resolve("jars/spark-core_2.13-" + version + ".jar"), "");
    return SparkHome.of(Map.of("SPARK_HOME", home.toString()));
  }

  private SparkOptions.Job job(String out) {
    return new SparkOptions.Job(
        folder.resolve("t.hone.yaml"),
        Optional.of(folder.resolve("t.program.json")),
        "openai:gpt-4o-mini",
        8,
        Optional.of(900L),
        "rows.csv",
        out);
  }

  @Test
  void anExecutorHasTheUsualCallsInFlightUnlessANumberIsGiven() {
    WithOptions usual = new WithOptions();
    new CommandLine(usual).parseArgs("--engine", "spark");
    WithOptions none = new WithOptions();
    new CommandLine(none).parseArgs("--in-flight", "0");

    assertThat(usual.model.inFlight()).isEqualTo(16);
    assertThatThrownBy(() -> none.model.inFlight()).hasMessageContaining("Maybe use 16");
  }

  @Test
  void saysWhatIsMissingOfSpark() {
    assertThatThrownBy(() -> SparkHome.of(Map.of()))
        .hasMessage(
            "--engine spark needs Spark 4.2, and SPARK_HOME is not set. Maybe install it (pip"
                + " install pyspark==4.2.0 has it, too), and export SPARK_HOME=/opt/spark.");
    assertThatThrownBy(() -> SparkHome.of(Map.of("SPARK_HOME", folder.toString())))
        .hasMessageContaining("has no bin/spark-submit")
        .hasMessageContaining("Maybe set it to the folder");
    assertThatThrownBy(() -> home("4.1.1")).hasMessageContaining("has Spark 4.1, expected 4.2");
  }

  @Test
  void startsTheJobWithItsJarsAndItsArguments() throws IOException {
    SparkJars jars =
        SparkJars.of(
            List.of(
                Path.of("/lib/hone-core-1.jar"),
                Path.of("/lib/hone-spark-1.jar"),
                Path.of("/lib/slf4j-simple-2.jar"),
                Path.of("/lib/picocli-4.jar")));
    SparkOptions options =
        parsed(
            "--engine",
            "spark",
            "--key",
            "id",
            "--spark-arg=--master",
            "--spark-arg=yarn",
            "--executors",
            "3");

    List<String> command = options.command(home("4.2.0"), jars, job("s3a://bucket/answers"));

    assertThat(options.isSpark()).isTrue();
    assertThat(command.get(0)).endsWith("spark-submit");
    assertThat(command).containsSequence("--master", "yarn", "--class", "dev.hone.spark.SparkJob");
    assertThat(command.get(command.indexOf("--jars") + 1))
        .endsWith("hone-core-1.jar")
        .doesNotContain("slf4j", "picocli", ",");
    assertThat(command)
        .containsSequence("--in", "rows.csv", "--key", "id", "--out", "s3a://bucket/answers");
    assertThat(command)
        .containsSequence("--requests-per-minute", "900", "--executors", "3")
        .containsSequence("--in-flight", "8");
  }

  @Test
  void anArgumentThatIsMissingIsSaid() throws IOException {
    SparkHome home = home("4.2.0");
    SparkJars jars = SparkJars.of(List.of(Path.of("/lib/hone-spark-1.jar")));

    assertThatThrownBy(() -> parsed("--engine", "spark").command(home, jars, job("answers")))
        .hasMessageContaining("needs --key");
    assertThatThrownBy(
            () -> parsed("--engine", "spark", "--key", "id").command(home, jars, job(null)))
        .hasMessageContaining("needs --out");
    assertThatThrownBy(() -> parsed("--key", "id").isSpark())
        .hasMessageContaining("Maybe add --engine spark");
    assertThatThrownBy(() -> parsed("--engine", "flink").isSpark())
        .hasMessageContaining("--engine (flink) is not one of local and spark");
    assertThatThrownBy(() -> SparkJars.of(List.of(Path.of("/lib/hone-core-1.jar"))))
        .hasMessageContaining("has no hone-spark-*.jar");
  }
}
