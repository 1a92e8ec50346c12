package dev.hone.json;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One tolerant pass over a text from one place: a recursive descent that never fails, except by
 * returning null. Depth is bounded, so the stack is too.
 */
final class LenientReader {
  private final String text;
  private final LenientTokens tokens;
  private boolean truncated;

  LenientReader(String text, int position) {
    this.text = text;
    this.tokens = new LenientTokens(text, position);
  }

  /** Whether the value was anything but strict JSON. */
  boolean repaired() {
    return tokens.repaired() || truncated;
  }

  /** The readings between which the text leaves a doubt, in words; null if there is none. */
  @Nullable String doubt() {
    return tokens.doubt();
  }

  /** Whether the text ended inside the value. */
  boolean truncated() {
    return truncated;
  }

  /** The index after the last character that was read. */
  int position() {
    return tokens.position();
  }

  /** Whether a text begins as a strict scalar does. */
  static boolean startsScalar(String text) {
    char c = text.charAt(0);
    return c == '"' || c == '-' || c >= '0' && c <= '9' || c == 't' || c == 'f' || c == 'n';
  }

  /** Reads the object or array that begins here; null if neither begins here. */
  @Nullable JsonNode container() {
    return tokens.peek() == '{' ? object(1) : array(1);
  }

  /**
   * Reads a whole text that is one quoted string, number or literal; null if it is something else.
   */
  LenientJson.@Nullable Reading wholeScalar() {
    JsonNode value;
    if (tokens.atQuote()) {
      value = tokens.string(false);
      truncated |= tokens.cut();
    } else {
      value = LenientTokens.literal(text.strip());
      if (value == null) {
        value = LenientTokens.number(text.strip());
      }
      return value == null
          ? null
          : new LenientJson.Reading(value, Set.of(LenientJson.Repair.SYNTAX), null);
    }
    if (!text.substring(Math.min(position(), text.length())).isBlank()) {
      return null;
    }
    Set<LenientJson.Repair> repairs = EnumSet.of(LenientJson.Repair.SYNTAX);
    if (truncated) {
      repairs.add(LenientJson.Repair.TRUNCATION);
    }
    return new LenientJson.Reading(value, repairs, doubt());
  }

  private @Nullable JsonNode value(int depth) {
    char c = tokens.peek();
    if (c == '{' || c == '[') {
      return depth >= LenientJson.MAX_DEPTH
          ? null
          : c == '{' ? object(depth + 1) : array(depth + 1);
    }
    JsonNode value = tokens.atQuote() ? tokens.string(true) : tokens.bare();
    truncated |= tokens.cut();
    return value;
  }

  private @Nullable ObjectNode object(int depth) {
    ObjectNode object = Json.object();
    tokens.take();
    while (true) {
      boolean comma = tokens.skipSeparators(!object.isEmpty());
      if (tokens.atEnd()) {
        tokens.repair();
        truncated |= depth > 1 || object.isEmpty() || comma;
        return object;
      }
      if (tokens.peek() == '}') {
        tokens.take();
        return object;
      }
      if (!member(object, depth)) {
        return null;
      }
      if (truncated) {
        return object;
      }
    }
  }

  /** Reads one member; false if this is not an object after all. */
  private boolean member(ObjectNode object, int depth) {
    String key = tokens.key();
    if (key == null) {
      truncated |= tokens.atEnd() && (depth > 1 || !object.isEmpty());
      return truncated;
    }
    tokens.skipSpace();
    if (tokens.atEnd()) {
      tokens.repair();
      truncated = true;
      return true;
    }
    char c = tokens.peek();
    JsonNode value = c == ',' || c == '}' ? tokens.missing() : value(depth);
    if (value == null) {
      return false;
    }
    if (object.has(key)) {
      tokens.repair();
    } else {
      object.set(key, value);
    }
    return true;
  }

  private @Nullable ArrayNode array(int depth) {
    ArrayNode array = Json.array();
    tokens.take();
    while (true) {
      tokens.skipSeparators(!array.isEmpty());
      if (tokens.atEnd()) {
        tokens.repair();
        truncated = true;
        return array;
      }
      char c = tokens.peek();
      if (c == ']') {
        tokens.take();
        return array;
      }
      if (c == '}') {
        return null;
      }
      JsonNode item = value(depth);
      if (item == null) {
        return null;
      }
      array.add(item);
      if (truncated) {
        return array;
      }
    }
  }
}
