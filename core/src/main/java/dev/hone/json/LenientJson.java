package dev.hone.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON that models write. Strict JSON is read as such; otherwise the best value in the
 * text is found and repaired: code fences, prose before and after, comments, trailing and missing
 * commas, single and curly quotes, quotes and line breaks inside strings, unquoted keys and words,
 * {@code True}, {@code False} and {@code None}, repeated keys (the first counts), and an end that
 * is missing. What was done is said in the {@link Reading}.
 *
 * <p>Never throws, for any text; repaired values are at most {@value #MAX_DEPTH} levels deep. Time
 * grows with the length of the text, since at most {@value #MAX_CANDIDATES} places are tried, or in
 * {@link #readObjects} that many times the length is read. Thread-safe.
 */
public final class LenientJson {
  static final int MAX_DEPTH = 200;
  private static final int MAX_CANDIDATES = 32;
  private static final int MAX_OBJECTS = 8;
  private static final int TRUNCATED = 2;
  private static final int UNWANTED = 4;

  private LenientJson() {}

  /** What had to be done to read a text. */
  public enum Repair {
    /** The value was in a code fence, and nothing else was there. */
    FENCE,
    /** There was text before or after the value. */
    SURROUNDINGS,
    /** The value was not strict JSON. */
    SYNTAX,
    /**
     * The text ended inside the value, so that something may be lost. A missing brace at the very
     * end of the outermost object is only {@link #SYNTAX}, if a complete member is before it.
     */
    TRUNCATION
  }

  /**
   * A value that was read.
   *
   * @param value the value
   * @param repairs what had to be done; empty for strict JSON
   * @param doubt in words, where the text can be read in more than one way, with the readings; null
   *     where it cannot. A value in doubt must not be used
   */
  public record Reading(JsonNode value, Set<Repair> repairs, @Nullable String doubt) {
    /** Copies the set. */
    public Reading {
      repairs = Set.copyOf(repairs);
    }

    /** Whether the text was strict JSON and nothing else. */
    public boolean strict() {
      return repairs.isEmpty();
    }

    /** Whether the value itself was strict JSON, with anything around it. */
    public boolean cleanValue() {
      return !repairs.contains(Repair.SYNTAX) && !repairs.contains(Repair.TRUNCATION);
    }

    /** Whether there was text before or after the value. */
    public boolean surrounded() {
      return repairs.contains(Repair.SURROUNDINGS);
    }

    /** Whether the text ended inside the value, so that something may be lost. */
    public boolean truncated() {
      return repairs.contains(Repair.TRUNCATION);
    }
  }

  /** Reads any value; empty if there is none. Prose on its own is not a value. */
  public static Optional<Reading> read(String text) {
    return read(text, "{[", node -> true);
  }

  /** Reads the best object in a text; empty if there is none. */
  public static Optional<Reading> readObject(String text) {
    return readObject(text, object -> true);
  }

  /**
   * Reads the best object in a text, one that is wanted if there is one; empty if there is none.
   */
  public static Optional<Reading> readObject(String text, Predicate<ObjectNode> wanted) {
    return read(text, "{", node -> node instanceof ObjectNode object && wanted.test(object));
  }

  /**
   * Reads the wanted objects of a text that are complete and stand in no other value: the last
   * {@value #MAX_OBJECTS} of them, in the order of the text.
   */
  public static List<ObjectNode> readObjects(String text, Predicate<ObjectNode> wanted) {
    String stripped = text.strip();
    if (stripped.startsWith("{") && strict(stripped, true) instanceof ObjectNode whole) {
      return wanted.test(whole) ? List.of(whole) : List.of();
    }
    Deque<ObjectNode> objects = new ArrayDeque<>();
    long left = (long) MAX_CANDIDATES * text.length();
    int at = next(text, 0, "{[");
    while (at >= 0 && left > 0) {
      LenientReader reader = new LenientReader(text, at);
      JsonNode value = reader.container();
      boolean complete = value != null && !reader.truncated();
      if (complete && value instanceof ObjectNode object && wanted.test(object)) {
        objects.addLast(object);
        if (objects.size() > MAX_OBJECTS) {
          objects.removeFirst();
        }
      }
      int end = Math.max(at + 1, reader.position());
      left -= end - at;
      at = next(text, complete ? end : at + 1, "{[");
    }
    return List.copyOf(objects);
  }

  /** Reads the best array in a text; empty if there is none. */
  public static Optional<Reading> readArray(String text) {
    return read(text, "[", node -> node instanceof ArrayNode);
  }

  private static Optional<Reading> read(String text, String openers, Predicate<JsonNode> wanted) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return Optional.empty();
    }
    boolean container = openers.indexOf(stripped.charAt(0)) >= 0;
    boolean scalar = openers.length() == 2;
    if (container || scalar) {
      JsonNode strict = strict(stripped, container);
      if (strict != null && wanted.test(strict)) {
        return Optional.of(new Reading(strict, Set.of(), null));
      }
    }
    String inner = unfenced(stripped);
    boolean fenced = inner.length() < stripped.length();
    Reading best = best(inner, openers, wanted);
    if (best == null && scalar) {
      best = new LenientReader(inner, 0).wholeScalar();
    }
    return Optional.ofNullable(best).map(reading -> fenced ? with(reading, Repair.FENCE) : reading);
  }

  static @Nullable JsonNode strict(String text, boolean container) {
    char last = text.charAt(text.length() - 1);
    boolean hopeless = container ? last != '}' && last != ']' : !LenientReader.startsScalar(text);
    if (hopeless) {
      return null;
    }
    try {
      return Json.parse(text);
    } catch (JacksonException e) {
      return null;
    }
  }

  /** The inside of a text that is one code fence as a whole; an unclosed fence counts. */
  static String unfenced(String text) {
    int line = text.indexOf('\n');
    if (!text.startsWith("```") || line < 0) {
      return text;
    }
    int end = text.indexOf("\n```", line);
    boolean last = end < 0 || end + 4 == text.length();
    if (text.endsWith("```") && end < 0) {
      end = text.length() - 3;
    }
    if (!last || end >= 0 && end < line) {
      return text;
    }
    return text.substring(line + 1, end < 0 ? text.length() : Math.max(end, line + 1)).strip();
  }

  /** The best of the values that begin in a text: wanted first, then clean, complete, early. */
  private static @Nullable Reading best(String text, String openers, Predicate<JsonNode> wanted) {
    Reading best = null;
    int bestRank = Integer.MAX_VALUE;
    int at = next(text, 0, openers);
    boolean cutOff = false;
    for (int i = 0; i < MAX_CANDIDATES && at >= 0 && bestRank > 0 && !cutOff; i++) {
      LenientReader reader = new LenientReader(text, at);
      JsonNode value = reader.container();
      int end = at + 1;
      if (value != null && openers.indexOf(value.isObject() ? '{' : '[') >= 0) {
        int rank = rank(reader, wanted.test(value));
        if (rank < bestRank) {
          best = new Reading(value, repairs(reader, text, at), reader.doubt());
          bestRank = rank;
        }
        cutOff = rank == TRUNCATED;
        end = rank < UNWANTED ? Math.max(end, reader.position()) : end;
      }
      at = next(text, end, openers);
    }
    return best;
  }

  private static int rank(LenientReader reader, boolean wanted) {
    int rank = reader.truncated() ? TRUNCATED : reader.repaired() ? 1 : 0;
    return wanted ? rank : rank + UNWANTED;
  }

  private static Set<Repair> repairs(LenientReader reader, String text, int start) {
    Set<Repair> repairs = EnumSet.noneOf(Repair.class);
    if (reader.repaired()) {
      repairs.add(Repair.SYNTAX);
    }
    if (reader.truncated()) {
      repairs.add(Repair.TRUNCATION);
    }
    String after = text.substring(Math.min(reader.position(), text.length()));
    if (start > 0 || !after.isBlank()) {
      repairs.add(Repair.SURROUNDINGS);
    }
    return repairs;
  }

  private static int next(String text, int from, String openers) {
    for (int i = from; i < text.length(); i++) {
      if (openers.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static Reading with(Reading reading, Repair repair) {
    Set<Repair> repairs = EnumSet.of(repair);
    repairs.addAll(reading.repairs());
    return new Reading(reading.value(), repairs, reading.doubt());
  }
}
