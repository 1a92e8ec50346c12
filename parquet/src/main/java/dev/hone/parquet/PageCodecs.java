package dev.hone.parquet;

import dev.hone.InvalidInputException;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Decompresses pages without Hadoop and without native code. */
final class PageCodecs implements CompressionCodecFactory {
  private interface Codec {
    byte[] decompress(byte[] bytes, int size) throws IOException;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new PageDecompressor(codec(name));
  }

  private static Codec codec(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> (bytes, size) -> bytes;
      case SNAPPY -> (bytes, size) -> whole(new SnappyDecompressor(), bytes, size);
      case ZSTD -> (bytes, size) -> whole(new ZstdDecompressor(), bytes, size);
      case LZ4_RAW -> (bytes, size) -> whole(new Lz4Decompressor(), bytes, size);
      case GZIP -> PageCodecs::gzip;
      default ->
          throw InvalidInputException.of(
              "A column is compressed by %s, expected none, Snappy, gzip, Zstandard or LZ4 (raw)"
                  .formatted(name),
              "write the file anew, for example with compression=\"zstd\"");
    };
  }

  private static byte[] whole(Decompressor decompressor, byte[] bytes, int size) {
    byte[] out = new byte[size];
    decompressor.decompress(bytes, 0, bytes.length, out, 0, size);
    return out;
  }

  private static byte[] gzip(byte[] bytes, int size) throws IOException {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return stream.readNBytes(size);
    }
  }

  /** Hone writes no Parquet. */
  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("Hone writes no Parquet");
  }

  @Override
  public void release() {
    // nothing is held
  }

  private record PageDecompressor(Codec codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(codec.decompress(bytes.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size)
        throws IOException {
      byte[] bytes = new byte[compressed];
      input.get(bytes);
      output.put(codec.decompress(bytes, size));
    }

    @Override
    public void release() {
      // nothing is held
    }
  }
}
