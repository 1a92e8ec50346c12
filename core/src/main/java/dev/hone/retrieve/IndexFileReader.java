package dev.hone.retrieve;

import dev.hone.embed.Embedder;
import dev.hone.file.WholeFile;
import dev.hone.retrieve.IndexFileException.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file of an index. No number in it is believed: what it asks for is compared with what
 * is left of the file before any memory is taken.
 */
final class IndexFileReader {
  private static final int CHECKSUM_BYTES = 32;
  private static final int LEAST_PASSAGE_BYTES = 2 * Integer.BYTES + 1;

  private final Path file;
  private final InputStream stream;

  /** Bytes before the checksum that were not read. */
  private long left;

  private IndexFileReader(Path file, InputStream stream, long size) {
    this.file = file;
    this.stream = stream;
    this.left = size - CHECKSUM_BYTES;
  }

  static EmbeddingIndex read(Path file, Embedder embedder) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw notReadable(file, "it is a folder or a device. Maybe name a file in it.", null);
    }
    MessageDigest digest = IndexFileWriter.sha256();
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      var reader =
          new IndexFileReader(file, new DigestInputStream(bytes, digest), Files.size(file));
      EmbeddingIndex index = reader.index(embedder);
      if (!Arrays.equals(digest.digest(), bytes.readNBytes(CHECKSUM_BYTES + 1))) {
        throw reader.damaged("its checksum is another one");
      }
      return index;
    } catch (NoSuchFileException e) {
      throw notReadable(
          file,
          "there is no such file. Maybe give its absolute path; this process runs in %s."
              .formatted(Path.of("").toAbsolutePath()),
          e);
    } catch (IOException e) {
      throw notReadable(
          file,
          "it cannot be read: %s. Maybe check its path and permissions."
              .formatted(WholeFile.inWords(e)),
          e);
    }
  }

  private static IndexFileException notReadable(
      Path file, String message, @Nullable Throwable cause) {
    return new IndexFileException(Problem.NOT_READABLE, file + ": " + message, cause);
  }

  private IndexFileException damaged(String problem) {
    return new IndexFileException(
        Problem.DAMAGED,
        "%s: the index is damaged: %s. Maybe save it again.".formatted(file, problem),
        null);
  }

  private EmbeddingIndex index(Embedder embedder) throws IOException {
    requireKind();
    int count = number();
    int dimension = number();
    requireSizes(count, dimension);
    requireEmbedder(text("the name of the embedder"), embedder);
    List<Passage> passages = passages(count);
    if (left != (long) count * dimension * Float.BYTES) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "%,d bytes follow its passages, expected %,d for %,d vectors of %,d numbers",
              left,
              (long) count * dimension * Float.BYTES,
              count,
              dimension));
    }
    return EmbeddingIndex.of(embedder, passages, blocks(count, dimension));
  }

  private void requireKind() throws IOException {
    int magic = IndexFileWriter.MAGIC.length;
    boolean isIndex =
        left >= magic && Arrays.equals(bytes(magic), IndexFileWriter.MAGIC) && left >= Integer.BYTES;
    if (!isIndex) {
      throw new IndexFileException(
          Problem.NOT_AN_INDEX,
          file + ": it is no index that Hone saved, or the beginning of one. Maybe it is another file.",
          null);
    }
    int version = number();
    if (version > IndexFileWriter.FORMAT_VERSION) {
      throw new IndexFileException(
          Problem.NEWER_FORMAT,
          "%s: the index has format %d, this Hone reads up to %d. Maybe update Hone."
              .formatted(file, version, IndexFileWriter.FORMAT_VERSION),
          null);
    }
    if (version < 1) {
      throw damaged("it has the format " + version);
    }
  }

  private void requireSizes(int count, int dimension) {
    long least = (long) count * (LEAST_PASSAGE_BYTES + (long) dimension * Float.BYTES);
    boolean sizes =
        count >= 0 && dimension >= 0 && dimension <= EmbeddingIndex.MOST_DIMENSIONS;
    if (!sizes || (dimension == 0) != (count == 0) || least > left) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "it claims %,d vectors of %,d numbers, and %,d bytes follow",
              count,
              dimension,
              left));
    }
  }

  private void requireEmbedder(String saved, Embedder embedder) {
    if (!saved.equals(embedder.id())) {
      throw new IndexFileException(
          Problem.OTHER_EMBEDDER,
          ("%s: its passages were embedded by \"%s\", and queries would be by \"%s\"."
                  + " Maybe load it with the embedder that made it, or make it anew.")
              .formatted(file, saved, embedder.id()),
          null);
    }
  }

  private List<Passage> passages(int count) throws IOException {
    List<Passage> passages = new ArrayList<>(count);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String id = text("the id of a passage");
      if (id.isBlank() || !ids.add(id)) {
        throw damaged("two passages have the id \"%s\", or it is blank".formatted(id));
      }
      passages.add(new Passage(id, text("the text of a passage")));
    }
    return List.copyOf(passages);
  }

  private List<VectorBlock> blocks(int count, int dimension) throws IOException {
    List<VectorBlock> blocks = new ArrayList<>();
    for (int first = 0; first < count; first += VectorBlock.MOST_VECTORS) {
      int vectors = Math.min(count - first, VectorBlock.MOST_VECTORS);
      float[] values = new float[vectors * dimension];
      for (int v = 0; v < vectors; v++) {
        ByteBuffer.wrap(bytes(dimension * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(values, v * dimension, dimension);
      }
      for (float value : values) {
        if (!Float.isFinite(value)) {
          throw damaged("a vector has a number that is not finite");
        }
      }
      blocks.add(new VectorBlock(first, dimension, values));
    }
    return blocks;
  }

  private int number() throws IOException {
    return ByteBuffer.wrap(bytes(Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private String text(String what) throws IOException {
    int length = number();
    if (length < 0 || length > left) {
      throw damaged(
          String.format(
              Locale.ROOT, "%s has %,d bytes, and %,d follow", what, length, left));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(length))).toString();
    } catch (CharacterCodingException e) {
      throw damaged(what + " is not UTF-8 text");
    }
  }

  private byte[] bytes(int count) throws IOException {
    if (count > left) {
      throw damaged("it ends too early");
    }
    byte[] bytes = stream.readNBytes(count);
    if (bytes.length < count) {
      throw damaged("it ends too early");
    }
    left -= count;
    return bytes;
  }
}
