package dev.hone.optimize.journal;

import dev.hone.lm.LmException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/** Reads single lines of a journal, which were found whole before. Thread-safe. */
final class JournalReader implements Closeable {
  private static final int STEP = 8192;

  private final Path file;
  private final RandomAccessFile access;

  JournalReader(Path file) throws IOException {
    this.file = file;
    this.access = new RandomAccessFile(file.toFile(), "r");
  }

  /**
   * The entry at an offset.
   *
   * @throws LmException.JournalFailed if it is not there any more
   */
  ObjectNode at(long offset) {
    try {
      byte[] line = line(offset);
      if (JournalLine.isWhole(line, line.length)) {
        return JournalLine.decode(line, line.length);
      }
    } catch (IOException e) {
      throw new LmException.JournalFailed(changed(), e);
    }
    throw new LmException.JournalFailed(changed(), null);
  }

  private String changed() {
    return "The journal %s cannot be read any more. Maybe another program has changed it; run again: what is damaged is set aside."
        .formatted(file);
  }

  private synchronized byte[] line(long offset) throws IOException {
    access.seek(offset);
    byte[] bytes = new byte[STEP];
    int length = 0;
    while (true) {
      int read = access.read(bytes, length, bytes.length - length);
      for (int i = length; i < length + Math.max(0, read); i++) {
        if (bytes[i] == '\n') {
          return Arrays.copyOf(bytes, i);
        }
      }
      if (read <= 0) {
        return Arrays.copyOf(bytes, length);
      }
      length += read;
      bytes = length == bytes.length ? Arrays.copyOf(bytes, 2 * length) : bytes;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    access.close();
  }
}
