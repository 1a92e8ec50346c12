package dev.hone.data;

import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The place of an example in the tree of strata: branches by the first field of its label, then by
 * the second, and so on. A number is found by halving the range of all numbers again and again, so
 * that near ones share most of their path; where it lies does not depend on the others.
 */
final class LabelPath {
  private static final String NUMBER = "number";

  private LabelPath() {}

  /** The branches from the root; examples without a label share one. */
  static List<String> of(Example<?, ?> example) {
    if (!example.hasLabel()) {
      return List.of("no label");
    }
    List<String> path = new ArrayList<>(List.of("label"));
    for (JsonNode value : example.expectedJson()) {
      if (value.isNumber()) {
        path.add(NUMBER);
        halves(value.doubleValue(), path);
      }
      path.add(Json.canonical(value));
    }
    return path;
  }

  /** The bits of a number, made to have its order: 1 for the greater half. */
  private static void halves(double value, List<String> path) {
    long bits = Double.doubleToLongBits(value + 0.0);
    long ordered = bits < 0 ? ~bits : bits | Long.MIN_VALUE;
    for (int i = Long.SIZE - 1; i >= 0; i--) {
      path.add((ordered >>> i & 1) == 0 ? "0" : "1");
    }
  }
}
