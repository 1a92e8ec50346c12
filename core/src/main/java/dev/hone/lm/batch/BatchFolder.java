package dev.hone.lm.batch;

import dev.hone.InvalidInputException;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.lm.LmException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The batches of one model in a folder, a file each: written before a batch is handed in, and once
 * more when the provider has given it an id. So whatever is paid for is known after a kill. Holds
 * no prompt and no credential, only hashes of requests. Used by one process at a time.
 */
final class BatchFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchFolder.class);
  private static final String FORMAT = "hone-batch/1";
  private static final String END = ".batch.json";

  private final Path path;
  private final String model;
  private final FileChannel channel;

  private BatchFolder(Path path, String model, FileChannel channel) {
    this.path = path;
    this.model = model;
    this.channel = channel;
  }

  /**
   * Opens a folder, which is made if it is missing.
   *
   * @param model the model and where it is; batches of another one are passed over
   * @throws InvalidInputException if it cannot be written, or another process uses it
   */
  static BatchFolder open(Path path, String model) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw InvalidInputException.of(
            "The folder of batches %s is in use by another process".formatted(path),
            "wait until that has ended");
      }
      return new BatchFolder(path, model, channel);
    } catch (IOException e) {
      throw InvalidInputException.of(
          "The folder of batches %s cannot be written: %s".formatted(path, WholeFile.inWords(e)),
          "choose another folder");
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The batches that are known, the oldest first. One whose file is damaged is passed over. */
  List<OpenBatch> read() {
    List<OpenBatch> batches = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(each -> each.toString().endsWith(END)).toList()) {
        OpenBatch batch = read(file);
        if (batch != null) {
          batches.add(batch);
        }
      }
    } catch (IOException e) {
      throw InvalidInputException.of(
          "The folder of batches %s cannot be read: %s".formatted(path, WholeFile.inWords(e)),
          "check its permissions");
    }
    batches.sort(Comparator.comparing(OpenBatch::since).thenComparing(OpenBatch::mark));
    return batches;
  }

  private @Nullable OpenBatch read(Path file) {
    try {
      JsonNode json = Json.parseFile(Files.readString(file));
      if (!json.path("format").asString("").equals(FORMAT)) {
        LOG.warn("{} is passed over: it is no {}", file, FORMAT);
        return null;
      }
      if (!json.path("model").asString("").equals(model)) {
        return null;
      }
      List<String> keys = new ArrayList<>();
      json.path("requests").forEach(key -> keys.add(key.asString("")));
      return OpenBatch.earlier(
          json.path("mark").asString(""),
          Instant.parse(json.path("since").asString("")),
          keys,
          json.path("id").asStringOpt().orElse(null));
    } catch (IOException | JacksonException | DateTimeException e) {
      LOG.warn("{} is passed over: it cannot be read: {}", file, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * Writes what is known of a batch.
   *
   * @throws LmException.JournalFailed if it cannot be written
   */
  void write(OpenBatch batch) {
    ObjectNode json = Json.object().put("format", FORMAT).put("model", model);
    json.put("mark", batch.mark()).put("since", batch.since().toString()).put("id", batch.id());
    ArrayNode keys = json.putArray("requests");
    batch.keys().forEach(keys::add);
    Path file = file(batch);
    try {
      new WholeFile(file, "one" + END).write(Json.write(json) + "\n");
    } catch (UnwritableFileException e) {
      throw new LmException.JournalFailed(
          "%s cannot be written: %s. Maybe %s.".formatted(file, e.problem(), e.fix()), e);
    }
  }

  /** Removes a batch that the provider does not have. */
  void remove(OpenBatch batch) {
    try {
      Files.deleteIfExists(file(batch));
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", file(batch), WholeFile.inWords(e));
    }
  }

  private Path file(OpenBatch batch) {
    return path.resolve(batch.mark() + END);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("The lock of {} cannot be given back: {}", path, WholeFile.inWords(e));
    }
  }
}
