package dev.hone.json;

import dev.hone.json.JsonParts.Part;
import dev.hone.text.Interrupts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The objects and arrays of a text that are wanted, with their places. Unlike {@link JsonParts} it
 * looks into what begins like JSON and is none, so that a brace in prose hides nothing; but not
 * into a value in doubt.
 *
 * <p>Never throws, for any text. At most {@value #MAX_PARTS} are kept, the last ones. Time grows
 * with the length of the text, since that is read at most {@value #MAX_PASSES} times.
 */
public final class JsonObjects {
  private static final int MAX_PASSES = 8;
  private static final int MAX_PARTS = 32;
  private static final String OPENERS = "{[";

  /** The most spaces between the brackets of a header and its hash signs. */
  private static final int MAX_GAP = 8;

  private JsonObjects() {}

  /**
   * Reads the wanted values of a text that stand in no other value, in the order of the text. Those
   * in doubt are among them; so is the last one if the text ends inside of it.
   */
  public static List<Part> of(String text, Predicate<JsonNode> wanted) {
    LenientText source = new LenientText(text);
    Part whole = whole(source);
    if (whole != null) {
      return wanted.test(whole.value()) ? List.of(whole) : List.of();
    }
    Deque<Part> parts = new ArrayDeque<>();
    long left = (long) MAX_PASSES * source.length();
    int at = opener(source, 0);
    for (int i = 1; at >= 0 && left > 0; i++) {
      Interrupts.check(i);
      LenientReader reader = new LenientReader(source, at);
      JsonNode value = reader.outermost();
      if (value != null && wanted.test(value)) {
        parts.addLast(reader.part(value));
        if (parts.size() > MAX_PARTS) {
          parts.removeFirst();
        }
      }
      left -= Math.max(1, reader.position() - at);
      boolean cutOff = value != null && reader.truncated() && !reader.doubt().exists();
      at = opener(source, cutOff ? at + 1 : reader.end(value));
    }
    return List.copyOf(parts);
  }

  /** Where the next value begins at the earliest: the header of a section is no array. */
  private static int opener(LenientText text, int from) {
    int at = text.opener(from, OPENERS);
    while (at >= 0 && isHeader(text, at)) {
      at = text.opener(at + 2, OPENERS);
    }
    return at;
  }

  private static boolean isHeader(LenientText text, int at) {
    if (text.at(at) != '[' || text.at(at + 1) != '[') {
      return false;
    }
    int hashes = at + 2;
    while (hashes < at + 2 + MAX_GAP && (text.at(hashes) == ' ' || text.at(hashes) == '\t')) {
      hashes++;
    }
    return text.at(hashes) == '#' && text.at(hashes + 1) == '#';
  }

  /** The text as one value of strict JSON; null if it is none. */
  private static @Nullable Part whole(LenientText text) {
    String stripped = LenientText.strip(text.toString());
    int start = text.opener(0, OPENERS);
    if (start < 0 || !text.toString().startsWith(stripped, start)) {
      return null;
    }
    JsonNode strict = LenientJson.strict(stripped, true);
    return strict == null
        ? null
        : new Part(
            strict,
            start,
            start + stripped.length(),
            true,
            false,
            LenientJson.doubtOfStrict(new LenientText(stripped)));
  }
}
