package dev.hone.json;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON that models write: what the writer plainly meant, or with a doubt. Strict JSON is
 * read as such. Otherwise the best value in the text is found and its frame repaired: code fences,
 * prose before and after, comments, trailing and missing commas, single and curly quotes, quotes
 * and line breaks inside strings, unquoted keys and words, {@code True}, {@code None} and {@code
 * undefined}, spaces that nobody sees, and an end that is missing. What was done is said in the
 * {@link Reading}.
 *
 * <p>Where a place can be read in more than one way, the reading has a {@link Reading#doubt}, and
 * must not be used: quotes that can end a text or belong to it, names twice with different values
 * or without a value, dots for what was left out, code, backslashes that are half escaped, a form
 * feed or backspace before a letter (in strict JSON too), and a value after which the text goes on
 * with it. No part of what is in doubt is read on its own instead.
 *
 * <p>Never throws, for any text, unless the thread is interrupted; values are at most {@value
 * Json#MAX_DEPTH} levels deep. Time grows with the length of the text, since at most {@value
 * #MAX_CANDIDATES} places are tried: well under a second for a million characters; an interrupt
 * ends it between items. Thread-safe.
 */
public final class LenientJson {
  private static final int MAX_CANDIDATES = 32;
  private static final int TRUNCATED = 2;
  private static final int IN_DOUBT = 3;
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

  /** Reads the best array in a text; empty if there is none. */
  public static Optional<Reading> readArray(String text) {
    return read(text, "[", node -> node instanceof ArrayNode);
  }

  private static Optional<Reading> read(String text, String openers, Predicate<JsonNode> wanted) {
    String stripped = LenientText.strip(text);
    if (stripped.isEmpty()) {
      return Optional.empty();
    }
    boolean container = openers.indexOf(stripped.charAt(0)) >= 0;
    boolean scalar = openers.length() == 2;
    if (container || scalar) {
      JsonNode strict = strict(stripped, container);
      if (strict != null && wanted.test(strict)) {
        String doubt = doubtOfStrict(new LenientText(stripped)).words();
        return Optional.of(new Reading(strict, Set.of(), doubt));
      }
    }
    LenientText inner = new LenientText(unfenced(stripped));
    boolean fenced = inner.length() < stripped.length();
    Reading best = best(inner, openers, wanted);
    if (best == null && scalar) {
      best = new LenientReader(inner, 0).wholeScalar();
    }
    return Optional.ofNullable(best).map(reading -> fenced ? with(reading, Repair.FENCE) : reading);
  }

  /** The doubt that strict JSON leaves, if there is one. */
  static Doubt doubtOfStrict(LenientText json) {
    Doubt doubt = new Doubt(json);
    Backslashes.check(json, doubt);
    return doubt;
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

  /**
   * The best of the values that begin in a text: wanted first, then without doubt, clean, complete,
   * early. What may belong to a value in doubt is not tried on its own.
   */
  private static @Nullable Reading best(
      LenientText text, String openers, Predicate<JsonNode> wanted) {
    Reading best = null;
    int bestRank = Integer.MAX_VALUE;
    int at = text.opener(0, openers);
    int within = 0;
    boolean cutOff = false;
    for (int i = 0; i < MAX_CANDIDATES && at >= 0 && bestRank > 0 && !cutOff; i++) {
      LenientReader reader = new LenientReader(text, at);
      JsonNode value = at < within ? reader.container() : reader.outermost();
      int end = reader.end(value);
      if (value != null && openers.indexOf(value.isObject() ? '{' : '[') >= 0) {
        int rank = rank(reader, wanted.test(value));
        if (rank < bestRank) {
          best = reading(value, reader, text, at);
          bestRank = rank;
        }
        cutOff = rank == TRUNCATED;
        within = Math.max(within, end);
        end = rank < UNWANTED || reader.doubt().exists() ? end : at + 1;
      }
      at = text.opener(end, openers);
    }
    return best;
  }

  private static int rank(LenientReader reader, boolean wanted) {
    int rank = reader.truncated() ? TRUNCATED : reader.repaired() ? 1 : 0;
    return (reader.doubt().exists() ? IN_DOUBT : rank) + (wanted ? 0 : UNWANTED);
  }

  private static Reading reading(JsonNode value, LenientReader reader, LenientText text, int at) {
    return new Reading(value, repairs(reader, text, at), reader.doubt().words());
  }

  private static Set<Repair> repairs(LenientReader reader, LenientText text, int start) {
    Set<Repair> repairs = EnumSet.noneOf(Repair.class);
    if (reader.repaired()) {
      repairs.add(Repair.SYNTAX);
    }
    if (reader.truncated()) {
      repairs.add(Repair.TRUNCATION);
    }
    if (start > 0 || text.skipBlank(reader.position()) < text.length()) {
      repairs.add(Repair.SURROUNDINGS);
    }
    return repairs;
  }

  private static Reading with(Reading reading, Repair repair) {
    Set<Repair> repairs = EnumSet.of(repair);
    repairs.addAll(reading.repairs());
    return new Reading(reading.value(), repairs, reading.doubt());
  }
}
