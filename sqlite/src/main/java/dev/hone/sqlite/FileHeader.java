package dev.hone.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the first bytes of a file say of it, read without SQLite, which might change a file that is
 * not ours. Source: "The Database Header" in SQLite's file format, offsets 0, 60 and 68.
 *
 * @param kind whose file it is
 * @param format the version of the tables; 0 unless it is ours
 */
record FileHeader(Kind kind, int format) {
  private static final int LENGTH = 100;
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** Whose a file is. */
  enum Kind {
    /** There is none, or it is empty. */
    NONE,
    /** A reply cache. */
    OURS,
    /** A database of another program. */
    FOREIGN,
    /** No database. */
    OTHER
  }

  /** Reads the header of a file that may be missing. */
  static FileHeader of(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return new FileHeader(Kind.NONE, 0);
    }
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(LENGTH);
    }
    if (bytes.length < LENGTH || !startsWithMagic(bytes)) {
      return new FileHeader(Kind.OTHER, 0);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return buffer.getInt(68) == ReplyStore.APPLICATION_ID
        ? new FileHeader(Kind.OURS, buffer.getInt(60))
        : new FileHeader(Kind.FOREIGN, 0);
  }

  private static boolean startsWithMagic(byte[] bytes) {
    return ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }
}
