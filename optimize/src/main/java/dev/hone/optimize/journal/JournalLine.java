package dev.hone.optimize.journal;

import dev.hone.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of a journal: a JSON object whose first key is the CRC-32C, in 8 hexadecimal digits, of
 * all bytes behind it, the brace at the end included.
 */
final class JournalLine {
  /** How each line begins. */
  static final byte[] HEAD = "{\"crc\":\"".getBytes(StandardCharsets.US_ASCII);

  private static final int DIGITS = 8;
  private static final int BODY = HEAD.length + DIGITS + 2;

  private JournalLine() {}

  /** The bytes of a line, its line feed included. */
  static byte[] encode(ObjectNode entry) {
    byte[] rest = escaped(Json.write(entry).substring(1)).getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[BODY + rest.length + 1];
    System.arraycopy(HEAD, 0, line, 0, HEAD.length);
    byte[] crc = digits(rest, 0, rest.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(crc, 0, line, HEAD.length, DIGITS);
    line[BODY - 2] = '"';
    line[BODY - 1] = ',';
    System.arraycopy(rest, 0, line, BODY, rest.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** Half a character, which UTF-8 cannot say, as JSON's escape. */
  private static String escaped(String json) {
    StringBuilder text = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
              && i + 1 < json.length()
              && Character.isLowSurrogate(json.charAt(i + 1));
      if (Character.isSurrogate(c) && !paired) {
        text = text == null ? new StringBuilder(json.substring(0, i)) : text;
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else if (paired) {
        i++;
        append(text, json, i - 1, i + 1);
      } else {
        append(text, json, i, i + 1);
      }
    }
    return text == null ? json : text.toString();
  }

  private static void append(@Nullable StringBuilder text, String json, int from, int to) {
    if (text != null) {
      text.append(json, from, to);
    }
  }

  /** Whether bytes, without a line feed, are a line that is as it was written. */
  static boolean isWhole(byte[] line, int length) {
    if (length <= BODY
        || !startsWithHead(line, length)
        || line[BODY - 2] != '"'
        || line[BODY - 1] != ',') {
      return false;
    }
    String crc = new String(line, HEAD.length, DIGITS, StandardCharsets.US_ASCII);
    return crc.equals(digits(line, BODY, length - BODY));
  }

  /** Whether bytes begin as a line does, as far as they go. */
  static boolean startsWithHead(byte[] bytes, int length) {
    for (int i = 0; i < Math.min(length, HEAD.length); i++) {
      if (bytes[i] != HEAD[i]) {
        return false;
      }
    }
    return true;
  }

  /** The entry of a line that is whole. */
  static ObjectNode decode(byte[] line, int length) {
    return (ObjectNode) Json.parseFile(new String(line, 0, length, StandardCharsets.UTF_8));
  }

  private static String digits(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
