package dev.hone.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All objects and arrays that stand one after another in a text, the outermost only, each read as
 * {@link LenientJson} reads it. Where that finds the best value of a text, this leaves none out.
 *
 * <p>Never throws, for any text. Time grows with the length of the text, since at most {@value
 * #MAX_FAILURES} places are tried without result. Immutable and thread-safe.
 *
 * @param text the text that was read: without the space and the code fence around the whole
 * @param parts the values in the order in which they stand
 * @param broken whether something begins like an object and cannot be read as one, or the reading
 *     was given up
 */
public record JsonParts(String text, List<Part> parts, boolean broken) {
  private static final int MAX_FAILURES = 32;
  private static final String OPENERS = "{[";

  /** Copies the list. */
  public JsonParts {
    parts = List.copyOf(parts);
  }

  /**
   * One object or array.
   *
   * @param value the value
   * @param start the index of its first character in the text
   * @param end the index after its last character
   * @param clean whether it is strict JSON
   * @param truncated whether the text ends inside of it, so that something may be lost
   * @param doubts where it can be read in more than one way, if it can
   */
  public record Part(
      JsonNode value, int start, int end, boolean clean, boolean truncated, Doubt doubts) {
    /**
     * Where it can be read in more than one way, in words; null where it cannot. A value in doubt
     * must not be used.
     */
    public @Nullable String doubt() {
      return doubts.words();
    }
  }

  /** Reads all objects and arrays of a text. */
  public static JsonParts of(String text) {
    String inner = LenientJson.unfenced(LenientText.strip(text));
    LenientText source = new LenientText(inner);
    int at = source.opener(0, OPENERS);
    JsonNode strict = at == 0 ? LenientJson.strict(inner, true) : null;
    if (strict != null) {
      Doubt doubt = LenientJson.doubtOfStrict(source);
      Part whole = new Part(strict, 0, inner.length(), true, false, doubt);
      return new JsonParts(inner, List.of(whole), false);
    }
    List<Part> parts = new ArrayList<>();
    boolean broken = false;
    int failures = 0;
    while (at >= 0 && failures < MAX_FAILURES) {
      LenientReader reader = new LenientReader(source, at);
      JsonNode value = reader.outermost();
      int end = reader.end(value);
      if (value == null) {
        failures++;
        broken |= source.startsObject(at);
      } else {
        boolean clean = !reader.repaired();
        parts.add(new Part(value, at, end, clean, reader.truncated(), reader.doubt()));
      }
      at = source.opener(end, OPENERS);
    }
    return new JsonParts(inner, parts, broken || at >= 0);
  }

  /** Whether the text is one value and nothing else. */
  public boolean isWhole() {
    return parts.size() == 1 && parts.get(0).start() == 0 && after(0).isBlank();
  }

  /** The text between the value before and this one; all before it, if it is the first. */
  public String before(int index) {
    int from = index == 0 ? 0 : parts.get(index - 1).end();
    return text.substring(from, parts.get(index).start());
  }

  /** The text between a value and the next one; all after it, if it is the last. */
  public String after(int index) {
    int to = index + 1 == parts.size() ? text.length() : parts.get(index + 1).start();
    return text.substring(parts.get(index).end(), to);
  }

  /** The characters of a value, as they were written. */
  public String source(Part part) {
    return text.substring(part.start(), part.end());
  }

  /** These parts without some of them; the text remains. */
  public JsonParts with(List<Part> kept) {
    return new JsonParts(text, kept, broken);
  }
}
