package dev.hone.retrieve;

import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.retrieve.IndexFileException.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Writes the file of an index, see docs/formats.md. */
final class IndexFileWriter {
  /** The first bytes of a file. */
  static final byte[] MAGIC = "HONE-IDX".getBytes(StandardCharsets.US_ASCII);

  /** The newest format. */
  static final int FORMAT_VERSION = 1;

  private final OutputStream stream;

  private IndexFileWriter(OutputStream stream) {
    this.stream = stream;
  }

  static void write(
      Path file, String embedderId, List<Passage> passages, List<VectorBlock> blocks) {
    try {
      new WholeFile(file, "passages.index")
          .write(
              stream -> {
                MessageDigest digest = sha256();
                var writer = new IndexFileWriter(new DigestOutputStream(stream, digest));
                writer.header(embedderId, passages, blocks);
                for (VectorBlock block : blocks) {
                  writer.floats(block.values());
                }
                stream.write(digest.digest());
              });
    } catch (UnwritableFileException e) {
      throw new IndexFileException(
          Problem.NOT_WRITABLE,
          "%s: the index cannot be saved here: %s. Maybe %s."
              .formatted(file, e.problem(), e.fix()),
          e.getCause());
    }
  }

  private void header(String embedderId, List<Passage> passages, List<VectorBlock> blocks)
      throws IOException {
    stream.write(MAGIC);
    number(FORMAT_VERSION);
    number(passages.size());
    number(blocks.isEmpty() ? 0 : blocks.get(0).values().length / blocks.get(0).count());
    text(embedderId);
    for (Passage passage : passages) {
      text(passage.id());
      text(passage.text());
    }
  }

  private void number(int value) throws IOException {
    stream.write(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void text(String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    stream.write(bytes);
  }

  /** In pieces, so that writing needs little memory. */
  private void floats(float[] values) throws IOException {
    int piece = 16 * 1024;
    for (int from = 0; from < values.length; from += piece) {
      int count = Math.min(piece, values.length - from);
      ByteBuffer bytes =
          ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, from, count);
      stream.write(bytes.array());
    }
  }

  /** What the checksum is made by. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
