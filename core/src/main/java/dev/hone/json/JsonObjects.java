package dev.hone.json;

import dev.hone.json.JsonParts.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The objects and arrays of a text that are wanted, with their places. Unlike {@link JsonParts} it
 * looks into what begins like JSON and is none, so that a brace in prose hides nothing.
 *
 * <p>Never throws, for any text. At most {@value #MAX_PARTS} are kept, the last ones. Time grows
 * with the length of the text, since that is read at most {@value #MAX_READINGS} times.
 */
public final class JsonObjects {
  private static final int MAX_READINGS = 32;
  private static final int MAX_PARTS = 32;

  private JsonObjects() {}

  /**
   * Reads the wanted values of a text that are complete and stand in no other complete value, in
   * the order of the text.
   */
  public static List<Part> of(String text, Predicate<JsonNode> wanted) {
    int first = next(text, 0);
    String stripped = first < 0 ? "" : text.strip();
    JsonNode strict =
        !stripped.isEmpty() && stripped.charAt(0) == text.charAt(first)
            ? LenientJson.strict(stripped, true)
            : null;
    if (strict != null) {
      Part whole = new Part(strict, first, first + stripped.length(), true, false, null);
      return wanted.test(strict) ? List.of(whole) : List.of();
    }
    Deque<Part> parts = new ArrayDeque<>();
    long left = (long) MAX_READINGS * text.length();
    int at = first;
    while (at >= 0 && left > 0) {
      LenientReader reader = new LenientReader(text, at);
      JsonNode value = reader.container();
      boolean complete = value != null && !reader.truncated();
      int end = Math.max(at + 1, Math.min(reader.position(), text.length()));
      if (value != null && complete && wanted.test(value)) {
        parts.addLast(new Part(value, at, end, !reader.repaired(), false, reader.doubt()));
        if (parts.size() > MAX_PARTS) {
          parts.removeFirst();
        }
      }
      left -= end - at;
      at = next(text, complete ? end : at + 1);
    }
    return List.copyOf(parts);
  }

  private static int next(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith("[[ ##", i) || text.startsWith("[[##", i)) {
        i++; // the header of a section, which is no array
      } else if (text.charAt(i) == '{' || text.charAt(i) == '[') {
        return i;
      }
    }
    return -1;
  }
}
