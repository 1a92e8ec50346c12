package dev.hone.data.summary;

import dev.hone.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Counts the values of one field. */
final class FieldCounts {
  private static final int MOST_VALUES = 20;
  private static final int SHORT_CHARS = 60;
  private static final int FULL_LETTERS = 3;

  private final boolean declaredChoice;
  private final Set<String> distinct = new HashSet<>();
  private final Set<String> kinds = new TreeSet<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final Map<String, Integer> countByValue = new LinkedHashMap<>();
  private int present;
  private int items;
  private int longest;
  private int missing;
  private int nearEmpty;
  private boolean balanced = true;

  FieldCounts(boolean declaredChoice) {
    this.declaredChoice = declaredChoice;
  }

  void add(@Nullable JsonNode value) {
    if (value == null || value.isNull() || (value.isString() && value.stringValue().isBlank())) {
      missing++;
      return;
    }
    present++;
    distinct.add(Json.canonical(value));
    kinds.add(kind(value));
    if (value.isString()) {
      addText(value.stringValue());
    } else if (value.isArray()) {
      lengths.add(value.size());
    }
    count(value);
  }

  private void addText(String text) {
    lengths.add(text.length());
    if (text.codePoints().filter(Character::isLetterOrDigit).limit(FULL_LETTERS).count()
        < FULL_LETTERS) {
      nearEmpty++;
    }
  }

  private void count(JsonNode value) {
    Set<String> values = new LinkedHashSet<>();
    if (value.isArray()) {
      value.forEach(item -> values.add(text(item)));
      if (value.isEmpty()) {
        values.add("[]");
      }
      balanced &= value.valueStream().allMatch(JsonNode::isValueNode);
    } else {
      values.add(text(value));
      balanced &= value.isValueNode();
    }
    if (balanced && (declaredChoice || countByValue.size() <= MOST_VALUES)) {
      values.forEach(name -> countByValue.merge(name, 1, Integer::sum));
      items += values.size();
      longest = Math.max(longest, values.stream().mapToInt(String::length).max().orElse(0));
    }
  }

  private static String text(JsonNode value) {
    if (value.isNumber()) {
      BigDecimal number = value.decimalValue().stripTrailingZeros();
      return number.scale() < 0 ? number.setScale(0).toString() : number.toString();
    }
    return value.isString() ? value.stringValue() : Json.write(value);
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "text";
      case NUMBER -> value.isIntegralNumber() ? "whole number" : "number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "list";
      default -> "object";
    };
  }

  int missing() {
    return missing;
  }

  int distinct() {
    return distinct.size();
  }

  int nearEmpty() {
    return nearEmpty;
  }

  /** What the values are, for a field whose type is not declared. */
  String kinds() {
    Set<String> named = new TreeSet<>(kinds);
    if (named.contains("number")) {
      named.remove("whole number");
    }
    return named.isEmpty() ? "nothing" : String.join(" or ", named);
  }

  Optional<LengthSummary> lengths() {
    return lengths.isEmpty() ? Optional.empty() : Optional.of(LengthSummary.of(lengths));
  }

  List<ValueShare> balance() {
    boolean few =
        countByValue.size() <= MOST_VALUES
            && 2 * countByValue.size() <= items
            && longest <= SHORT_CHARS;
    boolean truth = kinds.equals(Set.of("true or false"));
    if (!balanced || !(declaredChoice || truth || few)) {
      return List.of();
    }
    return countByValue.entrySet().stream()
        .map(e -> new ValueShare(e.getKey(), e.getValue(), (double) e.getValue() / present))
        .sorted(
            Comparator.comparingInt(ValueShare::count).reversed().thenComparing(ValueShare::value))
        .toList();
  }
}
