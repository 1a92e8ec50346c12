package dev.hone.cli.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.hone.InvalidInputException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often the test rows of a project were looked at, kept in {@code NAME.test-looks.json} beside
 * it.
 *
 * @param count the number of looks, this one included
 */
public record TestLooks(int count) {
  private static final String LOOKS = "looks";

  /**
   * Counts a look; those of other processes at the same time are counted, too.
   *
   * @throws InvalidInputException if the file cannot be read or written, or is damaged: then how
   *     many looks there were is not known
   */
  public static TestLooks count(ProgramFile project, Clock clock) {
    Path file = project.file().resolveSibling(project.name() + ".test-looks.json");
    try {
      return new TestLooks(count(file, clock));
    } catch (IOException e) {
      throw InvalidInputException.of(
          "%s, which counts the looks at the test rows, cannot be read and written: %s"
              .formatted(file, WholeFile.inWords(e)),
          "check its permissions");
    }
  }

  @SuppressWarnings("try") // the lock is held until it is closed
  private static synchronized int count(Path file, Clock clock) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        FileLock lock = channel.lock()) {
      ArrayNode looks = earlier(file, text(channel));
      looks.add(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      ObjectNode json = Json.object().put("format", "hone-test-looks/1");
      json.set(LOOKS, looks);
      write(channel, Json.pretty(json) + "\n");
      return looks.size();
    }
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // until all of it is read
    }
    return new String(bytes.array(), 0, bytes.position(), UTF_8);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    channel.position(0);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.truncate(channel.position());
    channel.force(true);
  }

  private static ArrayNode earlier(Path file, String text) {
    if (text.isEmpty()) {
      return Json.array(); // made just now
    }
    try {
      if (Json.parse(text).path(LOOKS) instanceof ArrayNode looks) {
        return looks.deepCopy();
      }
    } catch (JacksonException e) {
      // said below
    }
    throw InvalidInputException.of(
        "%s, which counts the looks at the test rows, is damaged".formatted(file),
        "mend it, or delete it if you know that the test rows are new");
  }

  /** In a sentence. */
  public String inWords() {
    return count == 1
        ? "the first look at the test rows"
        : "look number %d at the test rows; who chooses by them tunes on them".formatted(count);
  }
}
