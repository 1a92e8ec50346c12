package dev.hone.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The text of a stream, decoded bit by bit: UTF-8, or UTF-16 where its first bytes say so, without
 * a byte order mark. Bytes that are no text are read as U+FFFD and remembered with their place, so
 * that what is around them can be read. Not thread-safe.
 */
public final class DecodedReader extends Reader {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char REPLACEMENT = '\uFFFD';

  private final InputStream stream;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private final Queue<BadByte> badBytes = new ArrayDeque<>();
  private long decoded;
  private boolean begun;
  private boolean ended;

  /**
   * Where the bytes are no text.
   *
   * @param offset the character's offset in the text
   * @param found the first of the bytes
   * @param charset the encoding by which it is no text
   */
  public record BadByte(long offset, byte found, Charset charset) {}

  /**
   * A reader of a stream, which it closes.
   *
   * @throws IOException if the first bytes cannot be read
   */
  public DecodedReader(InputStream stream) throws IOException {
    this(stream, null);
  }

  /**
   * A reader of a stream in an encoding.
   *
   * @param said the encoding; null for the one that the first bytes say
   * @throws IOException if the first bytes cannot be read
   */
  public DecodedReader(InputStream stream, @Nullable Charset said) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(stream);
    buffered.mark(2);
    byte[] first = buffered.readNBytes(2);
    this.charset = said == null ? charset(first) : said;
    buffered.reset();
    this.stream = buffered;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** UTF-16 where a byte order mark or the zero byte of a first ASCII letter says so. */
  public static Charset charset(byte[] bytes) {
    int first = bytes.length < 2 ? -1 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    if (first == 0xFFFE || (first > 0xFF && (first & 0xFF) == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    return first == 0xFEFF || (first > 0 && first <= 0xFF)
        ? StandardCharsets.UTF_16BE
        : StandardCharsets.UTF_8;
  }

  /** Takes the first bad byte before an offset; those before it are forgotten. */
  Optional<BadByte> badByteBefore(long offset) {
    Optional<BadByte> first = Optional.empty();
    while (!badBytes.isEmpty() && badBytes.element().offset() < offset) {
      BadByte bad = badBytes.remove();
      first = first.or(() -> Optional.of(bad));
    }
    return first;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    CharBuffer chars = CharBuffer.wrap(target, offset, length).slice();
    while (chars.position() == 0 && !(ended && !bytes.hasRemaining())) {
      decode(chars);
      dropByteOrderMark(chars);
    }
    decoded += chars.position();
    return chars.position() == 0 ? -1 : chars.position();
  }

  private void decode(CharBuffer chars) throws IOException {
    CoderResult result = decoder.decode(bytes, chars, ended);
    if (result.isError() && chars.hasRemaining()) {
      badBytes.add(new BadByte(decoded + chars.position(), bytes.get(bytes.position()), charset));
      bytes.position(bytes.position() + result.length());
      chars.put(REPLACEMENT);
    } else if (result.isUnderflow() && !ended) {
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = stream.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = count < 0;
    bytes.position(bytes.position() + Math.max(0, count));
    bytes.flip();
  }

  private void dropByteOrderMark(CharBuffer chars) {
    if (!begun && chars.position() > 0) {
      begun = true;
      if (chars.get(0) == BYTE_ORDER_MARK) {
        int end = chars.position();
        System.arraycopy(
            chars.array(), chars.arrayOffset() + 1, chars.array(), chars.arrayOffset(), end - 1);
        chars.position(end - 1);
      }
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
