package dev.hone.optimize.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a file line by line, and tells lines that are as they were written from all else. */
final class JournalScan {
  private JournalScan() {}

  /** A stretch of a file, its line feed included. */
  record Stretch(long offset, long length) {
    long end() {
      return offset + length;
    }
  }

  /** Takes the lines that are whole, in order. */
  @FunctionalInterface
  interface Lines {
    /** One line, without its line feed. */
    void line(byte[] bytes, int length, long offset) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @return what is damaged, in order; neighbours are one stretch
   */
  static List<Stretch> read(Path file, Lines lines) throws IOException {
    List<Stretch> damaged = new ArrayList<>();
    long offset = 0;
    byte[] line = new byte[8192];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      int length = 0;
      for (int next = in.read(); next >= 0 || length > 0; next = in.read()) {
        if (next >= 0 && next != '\n') {
          line = length == line.length ? Arrays.copyOf(line, 2 * length) : line;
          line[length++] = (byte) next;
          continue;
        }
        boolean ended = next >= 0;
        if (ended && JournalLine.isWhole(line, length)) {
          lines.line(line, length, offset);
        } else {
          add(damaged, new Stretch(offset, length + (ended ? 1 : 0)));
        }
        offset += length + (ended ? 1 : 0);
        length = 0;
        if (!ended) {
          break;
        }
      }
    }
    return damaged;
  }

  private static void add(List<Stretch> damaged, Stretch one) {
    int last = damaged.size() - 1;
    if (last >= 0 && damaged.get(last).end() == one.offset()) {
      Stretch before = damaged.get(last);
      damaged.set(last, new Stretch(before.offset(), before.length() + one.length()));
    } else {
      damaged.add(one);
    }
  }
}
