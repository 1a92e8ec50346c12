package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.file.DecodedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a dataset is read from, with the name that errors call it by. Text is UTF-8, or UTF-16
 * where its first bytes say so, as spreadsheets write it.
 */
public final class Source {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final String FOLDER = "it is a folder";

  private final String name;
  private final Opener opener;
  private final @Nullable Charset said;

  private interface Opener {
    InputStream open() throws IOException;
  }

  private Source(String name, Opener opener) {
    this(name, opener, null);
  }

  private Source(String name, Opener opener, @Nullable Charset said) {
    this.name = name;
    this.opener = opener;
    this.said = said;
  }

  /** A file. */
  public static Source of(Path file) {
    return new Source(file.toString(), () -> open(file));
  }

  private static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(FOLDER);
    }
    return Files.newInputStream(file);
  }

  /** A stream, which is read once and closed. */
  public static Source of(String name, InputStream stream) {
    return new Source(name, () -> stream);
  }

  /**
   * A resource on the class path.
   *
   * @param owner a class of the module or jar that holds the resource
   * @param path the path from the owner's package, or from the root if it starts with a slash
   * @throws InvalidInputException if there is none
   */
  public static Source ofResource(Class<?> owner, String path) {
    if (owner.getResource(path) == null) {
      throw InvalidInputException.of(
          "There is no resource \"%s\" beside %s".formatted(path, owner.getName()),
          "begin the path with a slash, to count from the root of the class path");
    }
    return new Source(
        path,
        () -> {
          InputStream stream = owner.getResourceAsStream(path);
          if (stream == null) {
            throw new NoSuchFileException(path);
          }
          return stream;
        });
  }

  /** A copy whose text is in an encoding of its own, which its first bytes do not say. */
  public Source in(Charset charset) {
    return new Source(name, opener, charset);
  }

  /** The name that errors call it by. */
  public String name() {
    return name;
  }

  /** One line, such as {@code Source[train.csv]}. */
  @Override
  public String toString() {
    return "Source[" + name + "]";
  }

  /**
   * Reads the whole text, without a byte order mark.
   *
   * @throws InvalidInputException if it cannot be read, or, as a {@link DatasetFormatException}, if
   *     its bytes are no text
   */
  public String text() {
    String text = decode(bytes());
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** The text bit by bit, without a byte order mark; what is no text is left to the records. */
  DecodedReader reader() {
    return opened(stream -> new DecodedReader(stream, said));
  }

  private byte[] bytes() {
    return opened(
        stream -> {
          try (stream) {
            return stream.readAllBytes();
          }
        });
  }

  private interface Use<R> {
    R of(InputStream stream) throws IOException;
  }

  private <R> R opened(Use<R> use) {
    try {
      return use.of(opener.open());
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          "There is no file %s. Maybe give its absolute path; this process runs in %s."
              .formatted(name, Path.of("").toAbsolutePath()),
          e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The error for what cannot be read. */
  InvalidInputException unreadable(IOException error) {
    String problem = error.getMessage() == null ? error.toString() : error.getMessage();
    String fix = "check that it can be opened";
    if (error instanceof AccessDeniedException) {
      problem = "this process may not read it";
      fix = "change the file's permissions";
    } else if (FOLDER.equals(problem)) {
      fix = "name a file in it";
    }
    return new InvalidInputException(
        "Hone cannot read %s: %s. Maybe %s.".formatted(name, problem, fix), error);
  }

  private String decode(byte[] bytes) {
    Charset charset = said == null ? DecodedReader.charset(bytes) : said;
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(input, output, true);
    output.flip();
    long line = 1 + output.chars().filter(c -> c == '\n').count();
    if (result.isError()) {
      throw notText((int) line, charset, bytes[input.position()]);
    }
    return output.toString();
  }

  /** The error for a byte that is no text. */
  DatasetFormatException notText(int line, Charset charset, byte found) {
    return new DatasetFormatException(
        name, line, "", "the bytes are not %s text.%s".formatted(charset.name(), likely(found)));
  }

  /** What the encoding of a byte that is not UTF-8 may be. */
  private String likely(byte found) {
    if (said != null) {
      return " Maybe it is in another encoding than "
          + said.name()
          + "; leave that out to find it.";
    }
    String meant = new String(new byte[] {found}, WINDOWS);
    return " Maybe it is in another encoding, such as Windows-1252, as Excel writes it, where this"
        + " byte is \"%s\"; save it as UTF-8 (in Excel: CSV UTF-8).".formatted(meant);
  }
}
