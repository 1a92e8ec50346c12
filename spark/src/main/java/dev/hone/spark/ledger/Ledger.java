package dev.hone.spark.ledger;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder in which a run keeps every answer that was paid for: a file for each attempt of each
 * task, in a folder for each start of the run. Beside it the plan, so that no other program goes on
 * with it, and the answers once all rows have one.
 *
 * <pre>
 * FOLDER/plan.json                       which program, model and key
 * FOLDER/ledger/START/p00012-a7-s0.jsonl  a line for each row that was answered, as it was
 * FOLDER/answers/                         Parquet: every row once
 * </pre>
 */
public final class Ledger {
  private static final String ANSWERS = "answers";
  private static final String LINES = "ledger";
  private static final String PLAN = "plan.json";

  private final FileSystem files;
  private final Path folder;

  private Ledger(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * The ledger in a folder; nothing is made yet.
   *
   * @throws InvalidInputException if the folder is no path
   */
  public static Ledger of(String folder, Configuration configuration) {
    try {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(configuration);
      // The raw one: what is flushed is there after a kill, which checksums beside it would delay.
      FileSystem raw = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
      return new Ledger(raw, files.makeQualified(path));
    } catch (IOException e) {
      throw cannot("opened", folder, e);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(
          "The folder (%s) is no path: %s".formatted(folder, e.getMessage()),
          "use one that all executors reach, such as hdfs://… or s3a://…");
    }
  }

  private static UncheckedIOException cannot(String done, Object folder, IOException e) {
    return new UncheckedIOException(
        "The folder %s cannot be %s: %s. Maybe choose one that driver and executors may write."
            .formatted(folder, done, e.getMessage()),
        e);
  }

  /** Where it is. */
  public URI uri() {
    return folder.toUri();
  }

  /** The file system that it is in. */
  public FileSystem files() {
    return files;
  }

  /** The folder with every row once. */
  public String answers() {
    return new Path(folder, ANSWERS).toString();
  }

  /** The folder of one start of the run. */
  public Path startFolder(String start) {
    return new Path(folder, LINES + "/" + start);
  }

  /** The files of all starts. */
  public List<String> lineFiles() {
    return matching(new Path(folder, LINES + "/*/*.jsonl")).stream().map(Path::toString).toList();
  }

  private List<Path> matching(Path pattern) {
    try {
      FileStatus[] found = files.globStatus(pattern);
      return found == null ? List.of() : Arrays.stream(found).map(FileStatus::getPath).toList();
    } catch (IOException e) {
      throw cannot("read", folder, e);
    }
  }

  /** Whether something was paid for already. */
  public boolean hasLines() {
    return !lineFiles().isEmpty();
  }

  /**
   * Writes the plan of a run, or checks that the one that is there is the same.
   *
   * @throws InvalidInputException if the folder is that of another run, or holds something else
   */
  public void keepPlan(ObjectNode plan) {
    try {
      Path file = new Path(folder, PLAN);
      if (files.exists(file)) {
        requireSame(plan, object(text(file)).orElse(Json.object()));
      } else if (files.exists(folder) && files.listStatus(folder).length > 0) {
        throw InvalidInputException.of(
            "The folder %s holds something else".formatted(folder), "name a new one");
      } else {
        try (var out = files.create(file, false)) {
          out.write(Json.pretty(plan).getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw cannot("used", folder, e);
    }
  }

  private void requireSame(ObjectNode plan, ObjectNode found) {
    plan.properties()
        .forEach(
            entry -> {
              if (!entry.getValue().equals(found.get(entry.getKey()))) {
                throw InvalidInputException.of(
                    "The folder %s is of a run with another %s: %s, expected %s"
                        .formatted(
                            folder, entry.getKey(), found.get(entry.getKey()), entry.getValue()),
                    "name a new folder");
              }
            });
  }

  private String text(Path file) throws IOException {
    try (var in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * The keys of rows of a task that earlier attempts of the same start were paid for.
   *
   * @param answeredOnly whether rows that failed are not among them
   */
  public Set<String> keys(String start, int partition, boolean answeredOnly) {
    Set<String> keys = new HashSet<>();
    for (Path file : matching(new Path(startFolder(start), prefix(partition) + "*.jsonl"))) {
      try (Stream<String> lines = lines(file.toString())) {
        lines
            .flatMap(line -> object(line).stream())
            .filter(node -> isOutcome(node) && !(answeredOnly && !node.has("output")))
            .forEach(node -> keys.add(node.path("key").asString("")));
      }
    }
    return keys;
  }

  /**
   * The lines of a file, to the end that is there: also of one that a killed process has left open,
   * for which a file system such as HDFS says another length. To be closed.
   */
  public Stream<String> lines(String file) {
    try {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(files.open(new Path(file)), StandardCharsets.UTF_8));
      return reader.lines().onClose(() -> close(reader));
    } catch (IOException e) {
      throw cannot("read", file, e);
    }
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the names of a task's files begin. */
  public static String prefix(int partition) {
    return "p%05d-".formatted(partition);
  }

  /** Whether a line says what became of a row. */
  public static boolean isOutcome(ObjectNode line) {
    return line.has("key") && (line.has("output") || line.has("kind"));
  }

  /** A line as it was written; empty for one that a kill has torn. */
  public static Optional<ObjectNode> object(String line) {
    try {
      return Json.parseFile(line) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
