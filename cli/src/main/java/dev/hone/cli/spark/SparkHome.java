package dev.hone.cli.spark;

import dev.hone.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An installation of Spark. Hone has none of its own.
 *
 * @param folder its folder
 * @param submit the command that starts jobs
 */
record SparkHome(Path folder, Path submit) {
  private static final String VARIABLE = "SPARK_HOME";
  private static final String WANTED = "4.2";
  private static final Pattern CORE =
      Pattern.compile("spark-core_[\\d.]+-(\\d+\\.\\d+)\\..*\\.jar");

  /**
   * The installation that the environment names.
   *
   * @throws InvalidInputException if there is none, or it is of another version
   */
  static SparkHome of(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "").strip();
    if (named.isEmpty()) {
      throw InvalidInputException.of(
          "--engine spark needs Spark %s, and %s is not set".formatted(WANTED, VARIABLE),
          "install it (pip install pyspark==4.2.0 has it, too), and export %s=/opt/spark"
              .formatted(VARIABLE));
    }
    Path folder = Path.of(named);
    Path submit =
        folder
            .resolve("bin")
            .resolve(File.separatorChar == '\\' ? "spark-submit.cmd" : "spark-submit");
    if (!Files.isRegularFile(submit)) {
      throw InvalidInputException.of(
          "%s (%s) has no bin/spark-submit".formatted(VARIABLE, named),
          "set it to the folder that Spark was unpacked into");
    }
    requireVersion(folder, named);
    return new SparkHome(folder, submit);
  }

  private static void requireVersion(Path folder, String named) {
    Optional<String> version = version(folder.resolve("jars"));
    if (version.isEmpty() || !version.get().equals(WANTED)) {
      throw InvalidInputException.of(
          "%s (%s) has Spark %s, expected %s"
              .formatted(VARIABLE, named, version.orElse("of an unknown version"), WANTED),
          "point it to an installation of Spark " + WANTED);
    }
  }

  private static Optional<String> version(Path jars) {
    if (!Files.isDirectory(jars)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(jars)) {
      return files
          .map(file -> CORE.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(found -> found.group(1))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
