package dev.hone.metric;

import dev.hone.InvalidInputException;
import dev.hone.signature.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One form for values that come as Java objects or as JSON, so that equal ones are equal, wherever
 * they stand.
 */
final class PlainValue {
  private PlainValue() {}

  private static final Pattern LINE_END = Pattern.compile("\\r\\n?");
  private static final Pattern MINUS = Pattern.compile("\u2212(?=\\d)");

  /**
   * Texts are stripped and in Unicode's composed form, records are maps, whole and broken numbers
   * are decimals without needless zeros.
   */
  static @Nullable Object of(@Nullable Object value) {
    if (value instanceof JsonNode node) {
      return ofJson(node);
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null));
    }
    if (value instanceof String text) {
      return ofText(text);
    }
    if (value instanceof Map<?, ?> map) {
      return ofMap(map);
    }
    if (value instanceof Record fields) {
      return ofRecord(fields);
    }
    if (value instanceof Number number) {
      return ofNumber(number);
    }
    if (value instanceof Set<?> set) {
      return all(set, new LinkedHashSet<>());
    }
    if (value instanceof Collection<?> collection) {
      return all(collection, new ArrayList<>());
    }
    return value;
  }

  private static @Nullable Object ofJson(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isString()) {
      return ofText(node.stringValue());
    }
    if (node.isNumber()) {
      return ofNumber(node.numberValue());
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isArray()) {
      List<@Nullable Object> items = new ArrayList<>();
      node.forEach(item -> items.add(ofJson(item)));
      return items;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), ofJson(entry.getValue())));
    return map;
  }

  private static String ofText(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    return MINUS.matcher(LINE_END.matcher(composed).replaceAll("\n")).replaceAll("-");
  }

  private static Object ofMap(Map<?, ?> entries) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    entries.forEach((key, item) -> map.put(String.valueOf(key), of(item)));
    return map;
  }

  /** A record that is no value of a signature is equal as it says itself. */
  private static @Nullable Object ofRecord(Record value) {
    try {
      return ofJson(Codec.toJson(value).orElseThrow());
    } catch (InvalidInputException e) {
      return value;
    }
  }

  private static Object ofNumber(Number number) {
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      return Double.isFinite(value)
          ? new BigDecimal(number.toString()).stripTrailingZeros()
          : number;
    }
    if (number instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }
    if (number instanceof BigInteger whole) {
      return new BigDecimal(whole).stripTrailingZeros();
    }
    return BigDecimal.valueOf(number.longValue()).stripTrailingZeros();
  }

  private static Collection<@Nullable Object> all(
      Collection<?> values, Collection<@Nullable Object> into) {
    values.forEach(value -> into.add(of(value)));
    return into;
  }
}
