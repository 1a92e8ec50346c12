package dev.hone.json;

import dev.hone.json.AfterQuote.Place;
import dev.hone.text.Interrupts;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One tolerant pass over a text from one place: a recursive descent that never fails, except by
 * returning null. Depth is bounded, so the stack is too.
 */
final class LenientReader {
  private final LenientText text;
  private final LenientTokens tokens;
  private final Doubt doubt;
  private final int start;
  private boolean truncated;
  private boolean unreadable;
  private int furthest;

  LenientReader(LenientText text, int position) {
    this.text = text;
    this.tokens = new LenientTokens(text, position);
    this.doubt = tokens.doubt();
    this.start = position;
  }

  /** Whether the value was anything but strict JSON. */
  boolean repaired() {
    return tokens.repaired() || truncated;
  }

  /** The readings between which the text leaves a doubt, if there is one. */
  Doubt doubt() {
    return doubt;
  }

  /** Whether the text ended inside the value. */
  boolean truncated() {
    return truncated;
  }

  /** The index after the last character that was read. */
  int position() {
    return Math.min(tokens.position(), text.length());
  }

  /**
   * The index at which to look for the next value. No part of what may belong to a value in doubt
   * must be read as a value of its own.
   *
   * @param value what was read; null if there is no value
   */
  int end(@Nullable JsonNode value) {
    int after = value == null ? start + 1 : Math.max(start + 1, position());
    if (value == null ? !unreadable : !doubt.exists()) {
      return after;
    }
    int closed = Math.max(furthest, text.closer(start + 1) + 1);
    return Math.max(after, Math.min(text.length(), closed));
  }

  /** What was read, with its place. */
  JsonParts.Part part(JsonNode value) {
    int end = Math.max(start + 1, position());
    return new JsonParts.Part(value, start, end, !repaired(), truncated, doubt());
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
   * Reads the object or array that begins here and stands in no other, as {@link #container} does;
   * if what follows goes on with it, there is a doubt.
   */
  @Nullable JsonNode outermost() {
    JsonNode value = container();
    if (value != null && !truncated && new Afterwards(text, value, repaired()).goesOn(position())) {
      String what = value.isObject() ? "object" : "list";
      doubt.at(position() - 1, "the " + what + " can end here, or go on with what follows");
      furthest = text.closer(position()) + 1;
    }
    return value;
  }

  /**
   * Reads a whole text that is one quoted string, number or literal; null if it is something else.
   */
  LenientJson.@Nullable Reading wholeScalar() {
    JsonNode value;
    if (tokens.atQuote()) {
      value = tokens.string(Place.WHOLE, true);
      truncated |= tokens.cut();
      if (text.skipBlank(position()) < text.length()) {
        return null;
      }
    } else {
      value = LenientWords.value(text.substring(0, text.length()));
      if (value.isString()) {
        return null;
      }
    }
    Set<LenientJson.Repair> repairs = EnumSet.of(LenientJson.Repair.SYNTAX);
    if (truncated) {
      repairs.add(LenientJson.Repair.TRUNCATION);
    }
    return new LenientJson.Reading(value, repairs, doubt.words());
  }

  private @Nullable JsonNode value(int depth, Place place) {
    char c = tokens.peek();
    if (c == '{' || c == '[') {
      return depth >= Json.MAX_DEPTH ? null : c == '{' ? object(depth + 1) : array(depth + 1);
    }
    JsonNode value = tokens.atQuote() ? tokens.string(place, depth == 1) : tokens.bare();
    truncated |= tokens.cut();
    return value;
  }

  private @Nullable ObjectNode object(int depth) {
    ObjectNode object = Json.object();
    int from = tokens.position();
    tokens.take();
    while (true) {
      Interrupts.check(object.size() + 1);
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
        unreadable |= !object.isEmpty() || text.isObject(from);
        return null;
      }
      if (truncated) {
        return object;
      }
    }
  }

  /** Reads one member; false if this is not an object after all. */
  private boolean member(ObjectNode object, int depth) {
    String key = tokens.key(depth == 1);
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
    JsonNode value = c == ',' || c == '}' ? missing(key) : value(depth, Place.VALUE);
    if (value == null) {
      return false;
    }
    put(object, key, value);
    return true;
  }

  private JsonNode missing(String key) {
    doubt.at(tokens.position(), "the name `%s` has no value".formatted(Doubt.shown(key)));
    tokens.repair();
    return NullNode.getInstance();
  }

  private void put(ObjectNode object, String key, JsonNode value) {
    JsonNode other = object.get(key);
    if (other == null) {
      object.set(key, value);
      return;
    }
    tokens.repair();
    if (!other.equals(value)) {
      doubt.at(
          tokens.position() - 1,
          "the name `%s` is there twice, with different values".formatted(Doubt.shown(key)));
    }
  }

  private @Nullable ArrayNode array(int depth) {
    ArrayNode array = Json.array();
    boolean quoted = false;
    tokens.take();
    while (true) {
      Interrupts.check(array.size() + 1);
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
      int from = tokens.position();
      JsonNode item = value(depth, Place.ITEM);
      if (item == null) {
        return null;
      }
      quoted |= item.isString() && !tokens.unquoted();
      if (quoted && item.isString() && tokens.unquoted() && isNote(item.stringValue())) {
        doubt.at(from, "words without quotes can be an item, or a note about the list");
      }
      array.add(item);
      if (truncated) {
        return array;
      }
    }
  }

  /** Whether words without quotes among quoted items may be a note, such as {@code etc.} */
  private static boolean isNote(String words) {
    return words.indexOf(' ') > 0 || words.endsWith(".");
  }
}
