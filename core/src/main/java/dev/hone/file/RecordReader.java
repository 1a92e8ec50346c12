package dev.hone.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * Cuts a text into records, one at a time: lines, or the rows of a CSV file, whose quoted cells may
 * hold line breaks. Holds one record at a time, and of a longer one its beginning. Not thread-safe.
 *
 * <p>A quote that nothing closes before the end of the text, or within the length of two of the
 * longest cells, or that a quote closes some lines below with more behind it in its cell, costs its
 * line only: the next record begins with the next line.
 */
public final class RecordReader implements Closeable {
  /** The longest cell, and the longest line; as long as the longest reply that is read. */
  public static final int MAX_CHARS = 4_000_000;

  private static final int MOST_QUOTED = 2 * MAX_CHARS;
  private static final int MOST_KEPT = 4 * MAX_CHARS;
  private static final int BUFFER_CHARS = 1 << 15;
  private static final int END = -1;

  private final Reader reader;
  private final boolean csv;
  private String separators = ",;\t|";
  private char[] buffer = new char[BUFFER_CHARS];
  private int position;
  private int limit;
  private long offset;
  private int line = 1;

  /**
   * A record.
   *
   * @param text its text without the end of its line; of a long one its beginning
   * @param line the line at which it begins, counted from 1
   * @param chars the number of its characters
   * @param ended whether there is the end of a line after it
   * @param open whether it is the line of a quote that nothing closes
   * @param badByte the first of its bytes that are no text
   */
  public record TextRecord(
      String text,
      int line,
      long chars,
      boolean ended,
      boolean open,
      Optional<DecodedReader.BadByte> badByte) {}

  private RecordReader(Reader reader, boolean csv) {
    this.reader = reader;
    this.csv = csv;
  }

  /** The lines of a text. */
  public static RecordReader ofLines(Reader reader) {
    return new RecordReader(reader, false);
  }

  /** The rows of a CSV file; cells are separated by any usual sign until one is set. */
  public static RecordReader ofCsv(Reader reader) {
    return new RecordReader(reader, true);
  }

  /** Says what is between cells, for the records to come. */
  public void separatedBy(char separator) {
    separators = String.valueOf(separator);
  }

  /** The next record; empty at the end of the text. */
  public Optional<TextRecord> next() throws IOException {
    if (peek() == END) {
      return Optional.empty();
    }
    int first = line;
    StringBuilder text = new StringBuilder();
    Scan scan = new Scan();
    int c = read();
    while (c != END && !(isLineEnd(c) && !scan.quoted)) {
      scan.accept((char) c);
      if (text.length() < MOST_KEPT) {
        text.append((char) c);
      }
      if (isLineEnd(c)) {
        line += c == '\r' && peek() == '\n' ? 0 : 1;
      }
      if (scan.quoted && scan.inQuotes > MOST_QUOTED) {
        break;
      }
      c = read();
    }
    if (scan.quoted || (scan.broken && line > first)) {
      if (!scan.quoted && c != END) {
        unread(String.valueOf((char) c));
      }
      return Optional.of(cut(text, first, scan));
    }
    boolean ended = endOfLine(c);
    return Optional.of(record(text, first, scan.chars, ended, false));
  }

  private TextRecord record(
      StringBuilder text, int first, long chars, boolean ended, boolean open) {
    Optional<DecodedReader.BadByte> bad =
        reader instanceof DecodedReader decoded ? decoded.badByteBefore(offset) : Optional.empty();
    return new TextRecord(text.toString(), first, chars, ended, open, bad);
  }

  private boolean endOfLine(int c) throws IOException {
    if (c == END) {
      return false;
    }
    if (c == '\r' && peek() == '\n') {
      read();
    }
    line++;
    return true;
  }

  /** The first line of a record whose quote is never closed; the rest is read again. */
  private TextRecord cut(StringBuilder text, int first, Scan scan) throws IOException {
    int end = 0;
    while (end < text.length() && !isLineEnd(text.charAt(end))) {
      end++;
    }
    if (end < text.length() && text.length() == scan.chars) {
      unread(text.substring(end));
      text.setLength(end);
      line = first;
      return record(text, first, end, endOfLine(read()), true);
    }
    int c = read();
    long chars = scan.chars;
    while (c != END && !isLineEnd(c)) {
      chars++;
      c = read();
    }
    return record(text, first, chars, endOfLine(c), true);
  }

  /** Goes back before what was read last. */
  private void unread(String text) {
    offset -= text.length();
    if (text.length() <= position) {
      position -= text.length();
      return;
    }
    char[] joined = new char[text.length() + limit - position];
    text.getChars(0, text.length(), joined, 0);
    System.arraycopy(buffer, position, joined, text.length(), limit - position);
    buffer = joined;
    position = 0;
    limit = joined.length;
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  private int peek() throws IOException {
    if (position == limit) {
      if (buffer.length != BUFFER_CHARS) {
        buffer = new char[BUFFER_CHARS];
      }
      position = 0;
      limit = Math.max(0, reader.read(buffer, 0, buffer.length));
    }
    return position == limit ? END : buffer[position];
  }

  private int read() throws IOException {
    int c = peek();
    if (c != END) {
      position++;
      offset++;
    }
    return c;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Where in a row the scan is; lines have no quotes. */
  private final class Scan {
    private long chars;
    private long inQuotes;
    private boolean quoted;
    private boolean beginsCell = true;
    private boolean mayEnd;

    /** Whether something stands between a closing quote and the end of its cell. */
    private boolean broken;

    void accept(char c) {
      chars++;
      if (!csv) {
        return;
      }
      if (quoted) {
        inQuotes++;
        quoted = c != '"';
        mayEnd = !quoted;
      } else if (mayEnd && c == '"') {
        quoted = true;
        mayEnd = false;
      } else if (separators.indexOf(c) >= 0) {
        beginsCell = true;
        mayEnd = false;
      } else if (beginsCell && c == '"') {
        quoted = true;
        beginsCell = false;
        inQuotes = 0;
      } else {
        broken |= mayEnd && c > ' ';
        beginsCell &= c <= ' ';
      }
    }
  }
}
