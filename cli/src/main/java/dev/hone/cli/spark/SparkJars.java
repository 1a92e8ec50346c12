package dev.hone.cli.spark;

import dev.hone.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The jars of Hone that go to Spark: the one with the job, and those that it needs.
 *
 * @param job the jar of the module spark
 * @param others the jars beside it
 */
record SparkJars(Path job, List<Path> others) {
  private static final String JOB = "hone-spark-";

  /** What Spark has itself, or only a command line needs. */
  private static final Set<String> LEFT_OUT =
      Set.of("slf4j-", "picocli-", "ascii-table-", "hone-cli-", "hone-report-", "gg.jte", "jte-");

  /**
   * The jars of this installation, or of this process's class path.
   *
   * @throws InvalidInputException if the module spark is not among them
   */
  static SparkJars installed() {
    return of(candidates());
  }

  static SparkJars of(List<Path> jars) {
    Path job =
        jars.stream()
            .filter(jar -> name(jar).startsWith(JOB))
            .findFirst()
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "The installation of hone has no %s*.jar".formatted(JOB),
                        "use the whole archive of a release"));
    List<Path> others =
        jars.stream()
            .filter(jar -> !jar.equals(job))
            .filter(jar -> LEFT_OUT.stream().noneMatch(name(jar)::startsWith))
            .sorted()
            .toList();
    return new SparkJars(job, others);
  }

  private static String name(Path jar) {
    return String.valueOf(jar.getFileName());
  }

  private static List<Path> candidates() {
    try {
      Path own =
          Path.of(SparkJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path lib = own.resolveSibling("lib");
      return Files.isRegularFile(own) && Files.isDirectory(lib) ? jarsIn(lib) : ofClassPath();
    } catch (URISyntaxException e) {
      return ofClassPath();
    }
  }

  private static List<Path> jarsIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> name(file).endsWith(".jar")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> ofClassPath() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .toList();
  }
}
