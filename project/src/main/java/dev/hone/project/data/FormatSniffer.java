package dev.hone.project.data;

import dev.hone.InvalidInputException;
import dev.hone.data.format.CellFormat;
import dev.hone.file.DecodedReader;
import dev.hone.project.data.DataFormat.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the format of a file by its first bytes. */
final class FormatSniffer {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int MOST_BYTES = 1 << 20;
  private static final long MOST_DECODED_BYTES = 64L << 20;
  private static final int MOST_ROWS = 1000;
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String name;
  private final byte[] bytes;
  private final boolean whole;
  private final boolean restIsUtf8;

  FormatSniffer(String name, byte[] bytes, boolean whole) {
    this(name, bytes, whole, true);
  }

  private FormatSniffer(String name, byte[] bytes, boolean whole, boolean restIsUtf8) {
    this.name = name;
    this.bytes = bytes;
    this.whole = whole;
    this.restIsUtf8 = restIsUtf8;
  }

  static FormatSniffer of(Path file) {
    if (Files.isDirectory(file)) {
      throw InvalidInputException.of(file + " is a folder", "name a file in it");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] first = stream.readNBytes(MOST_BYTES);
      boolean whole = first.length < MOST_BYTES;
      return new FormatSniffer(file.toString(), first, whole, whole || isUtf8(file));
    } catch (NoSuchFileException e) {
      throw DataFiles.missing(file, e);
    } catch (AccessDeniedException e) {
      throw new InvalidInputException(
          file + " may not be read by this process. Maybe change its permissions.", e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "Hone cannot read %s: %s. Maybe check that it can be opened."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Whether a file is UTF-8 as far as it is looked at, bit by bit, since it may be large. */
  private static boolean isUtf8(Path file) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(1 << 16);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    try (InputStream stream = Files.newInputStream(file)) {
      for (long read = 0; read < MOST_DECODED_BYTES; ) {
        int count = stream.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.limit(bytes.position() + Math.max(0, count)).position(0);
        CoderResult result = decoder.decode(bytes, text.clear(), count < 0);
        if (result.isError() || count < 0) {
          return !result.isError();
        }
        bytes.compact();
        read += count;
      }
    }
    return true;
  }

  DataFormat format() {
    requireText();
    Charset charset = DecodedReader.charset(bytes);
    if (charset.equals(StandardCharsets.UTF_8) && !(restIsUtf8 && isText(charset))) {
      charset = WINDOWS;
    }
    String text = new String(bytes, charset);
    boolean mark = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    String plain = (mark ? text.substring(1) : text).stripLeading();
    if (plain.isEmpty()) {
      throw InvalidInputException.of(name + " is empty", "it was not saved, or is another file");
    }
    if (plain.matches("(?s)\\[\\s*\\{.*")) {
      throw InvalidInputException.of(
          name + " is one JSON array, expected JSON lines: an object per line",
          "write it so: jq -c '.[]' FILE > FILE.jsonl");
    }
    Kind kind = plain.charAt(0) == '{' ? Kind.JSONL : Kind.CSV;
    DataFormat format = new DataFormat(kind, charset, mark, lineEnd(plain), CellFormat.defaults());
    return kind == Kind.JSONL ? format : sniffCells(format, plain);
  }

  private static DataFormat sniffCells(DataFormat format, String text) {
    String first = text.lines().findFirst().orElse("");
    DataFormat separated =
        format.withSeparator(RowTable.declaredSeparator(first).orElseGet(() -> separator(text)));
    List<List<String>> rows = RowTable.cells(separated, text, MOST_ROWS + 1);
    List<List<String>> body = rows.subList(Math.min(1, rows.size()), rows.size());
    DataFormat numbers =
        separated.withDecimalComma(
            separated.separator() != ',' && CellGuess.hasDecimalCommas(body));
    return CellGuess.datePattern(body).map(numbers::withDatePattern).orElse(numbers);
  }

  /** The sign that cuts the header and the rows below into the same number of cells, of most. */
  private static char separator(String text) {
    return SEPARATORS.stream()
        .max(Comparator.comparingInt(sign -> evenCells(text, sign)))
        .filter(sign -> evenCells(text, sign) > 0)
        .orElse(',');
  }

  private static int evenCells(String text, char sign) {
    List<List<String>> rows = RowTable.cells(DataFormat.csv().withSeparator(sign), text, 20);
    int size = rows.isEmpty() ? 0 : rows.get(0).size();
    long even = rows.stream().filter(row -> row.size() == size).count();
    return size < 2 ? 0 : (int) (100 * even / rows.size()) * 100 + Math.min(size, 99);
  }

  private static String lineEnd(String text) {
    int feed = text.indexOf('\n');
    return feed > 0 && text.charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }

  private boolean isText(Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(1 << 16);
    CoderResult result = decoder.decode(input, output, whole);
    while (result.isOverflow()) {
      output.clear();
      result = decoder.decode(input, output, whole);
    }
    return !result.isError();
  }

  /** What spreadsheets save when they are not asked for text. */
  private void requireText() {
    Optional<String> other =
        begins(0x50, 0x4B)
            ? Optional.of("a workbook (.xlsx, .ods) or a zip archive")
            : begins(0xD0, 0xCF, 0x11, 0xE0)
                ? Optional.of("an old workbook (.xls)")
                : begins(0x1F, 0x8B)
                    ? Optional.of("a gzip archive")
                    : begins('P', 'A', 'R', '1')
                        ? Optional.of("a Parquet file")
                        : begins('%', 'P', 'D', 'F') ? Optional.of("a PDF") : Optional.empty();
    if (other.isPresent()) {
      throw InvalidInputException.of(
          "%s is %s, expected CSV, TSV or JSON lines".formatted(name, other.get()),
          "save it as CSV (in Excel: File, Save as, CSV UTF-8)");
    }
  }

  private boolean begins(int... sign) {
    byte[] expected = new byte[sign.length];
    for (int i = 0; i < sign.length; i++) {
      expected[i] = (byte) sign[i];
    }
    return bytes.length >= sign.length
        && Arrays.equals(bytes, 0, sign.length, expected, 0, sign.length);
  }
}
