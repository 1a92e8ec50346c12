package dev.hone.judge;

import dev.hone.InvalidInputException;
import dev.hone.text.Excerpt;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The classes among labels, in an order: enums by ordinal with all their constants, numbers by
 * value, booleans from false to true, others by their text. Immutable.
 *
 * @param <T> the type of the labels
 */
final class ClassOrder<T> {
  private static final int MOST = 50;
  private static final int SHOWN_CHARACTERS = 60;

  private final List<Object> keys;
  private final List<T> labels;
  private final double @Nullable [] places;

  private ClassOrder(Map<Object, T> labels, double @Nullable [] places) {
    this.keys = List.copyOf(labels.keySet());
    this.labels = List.copyOf(labels.values());
    this.places = places;
  }

  static <T> ClassOrder<T> of(Collection<T> labels) {
    Map<Object, T> byKey = new LinkedHashMap<>();
    labels.forEach(label -> byKey.putIfAbsent(key(label), label));
    addConstants(byKey);
    if (byKey.size() > MOST) {
      throw InvalidInputException.of(
          "The labels have %d different values, expected at most %d classes"
              .formatted(byKey.size(), MOST),
          "round numbers in the getter, or take one field of the verdict");
    }
    ToDoubleFunction<Object> place = place(byKey.keySet());
    Comparator<Object> order =
        place == null ? Comparator.comparing(String::valueOf) : Comparator.comparingDouble(place);
    Map<Object, T> sorted = new LinkedHashMap<>();
    byKey.keySet().stream().sorted(order).forEach(key -> sorted.put(key, byKey.get(key)));
    return new ClassOrder<>(
        sorted, place == null ? null : sorted.keySet().stream().mapToDouble(place).toArray());
  }

  @SuppressWarnings("unchecked") // all constants are of the class of one that is a T
  private static <T> void addConstants(Map<Object, T> byKey) {
    Object first = byKey.keySet().iterator().next();
    if (first instanceof Enum<?> constant) {
      Arrays.stream(constant.getDeclaringClass().getEnumConstants())
          .forEach(other -> byKey.putIfAbsent(other, (T) other));
    }
  }

  /** Where a class stands among the others; null if they have no order of their own. */
  private static @Nullable ToDoubleFunction<Object> place(Collection<Object> keys) {
    if (keys.stream().allMatch(BigDecimal.class::isInstance)) {
      return key -> ((BigDecimal) key).doubleValue();
    }
    if (keys.stream().allMatch(Boolean.class::isInstance)) {
      return key -> Boolean.TRUE.equals(key) ? 1 : 0;
    }
    boolean constants = keys.stream().allMatch(Enum.class::isInstance);
    return constants ? key -> ((Enum<?>) key).ordinal() : null;
  }

  /** One form for equal labels, whether they come as Java values or as JSON. */
  private static Object key(@Nullable Object label) {
    if (label instanceof Optional<?> optional) {
      return key(optional.orElse(null));
    }
    if (label instanceof JsonNode node) {
      return ofJson(node);
    }
    if (label instanceof Number number) {
      return ofNumber(number);
    }
    if (label == null || label instanceof Collection<?> || label instanceof Map<?, ?>) {
      throw noClass(label);
    }
    return label instanceof String text ? text.strip() : label;
  }

  private static Object ofJson(JsonNode node) {
    if (node.isString()) {
      return node.stringValue().strip();
    }
    if (node.isNumber()) {
      return ofNumber(node.numberValue());
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    throw noClass(node);
  }

  private static Object ofNumber(Number number) {
    if (!Double.isFinite(number.doubleValue())) {
      throw noClass(number);
    }
    BigDecimal value = new BigDecimal(number.toString());
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  private static InvalidInputException noClass(@Nullable Object label) {
    return InvalidInputException.of(
        "A label is %s, expected one class: a choice, text, number or boolean"
            .formatted(Excerpt.beginning(String.valueOf(label), SHOWN_CHARACTERS)),
        "let the getter give one value, such as whether a set contains an item");
  }

  int size() {
    return labels.size();
  }

  List<T> labels() {
    return labels;
  }

  /** The index of a label's class; -1 if there is none. */
  int indexOf(T label) {
    return keys.indexOf(key(label));
  }

  /** Where the classes stand; null if they have no order of their own. */
  double @Nullable [] places() {
    return places == null ? null : places.clone();
  }
}
