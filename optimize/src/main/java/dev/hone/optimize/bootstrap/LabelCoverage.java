package dev.hone.optimize.bootstrap;

import dev.hone.json.Json;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The labels of demos, and how far those shown so far hold them in proportion. A label is a value
 * of an output field, or a member of its list, or that the list is empty. Fields whose values
 * hardly recur, such as free text, have no labels. Demos are named by index. Not thread-safe.
 *
 * <p>What a label lacks is its share of all demos times the number of demos shown, less the number
 * of those that have it; the next demo should be one whose labels lack most. Source: apportionment
 * by largest deficits, as a sequence (Balinski and Young, Fair Representation, 1982).
 */
final class LabelCoverage {
  private final List<Set<String>> labelsOf = new ArrayList<>();
  private final Map<String, Integer> demosWith = new HashMap<>();
  private final Map<String, Integer> shownWith = new HashMap<>();
  private int shown;

  LabelCoverage(List<Demo> demos) {
    demos.forEach(demo -> labelsOf.add(new HashSet<>()));
    Set<String> fields = new HashSet<>();
    demos.forEach(demo -> demo.outputs().propertyNames().forEach(fields::add));
    fields.forEach(field -> addField(field, demos));
    labelsOf.forEach(labels -> labels.forEach(label -> demosWith.merge(label, 1, Integer::sum)));
  }

  private void addField(String field, List<Demo> demos) {
    List<List<String>> values = demos.stream().map(demo -> values(demo, field)).toList();
    long having = values.stream().filter(list -> !list.isEmpty()).count();
    long different = values.stream().flatMap(List::stream).distinct().count();
    if (different <= having / 2) {
      for (int i = 0; i < values.size(); i++) {
        for (String value : values.get(i)) {
          labelsOf.get(i).add(field + "=" + value);
        }
      }
    }
  }

  private static List<String> values(Demo demo, String field) {
    JsonNode value = demo.outputs().get(field);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || value.isEmpty()) {
      return List.of(Json.canonical(value));
    }
    List<String> members = new ArrayList<>();
    value.forEach(member -> members.add(Json.canonical(member)));
    return members;
  }

  /** Shows a demo. */
  void show(int demo) {
    labelsOf.get(demo).forEach(label -> shownWith.merge(label, 1, Integer::sum));
    shown++;
  }

  /** What the labels of a demo lack, in the mean over them, if one more demo is shown. */
  double lack(int demo) {
    return labelsOf.get(demo).stream()
        .mapToDouble(
            label ->
                (double) demosWith.getOrDefault(label, 0) / labelsOf.size() * (shown + 1)
                    - shownWith.getOrDefault(label, 0))
        .average()
        .orElse(0);
  }

  /** How many labels there are. */
  int size() {
    return demosWith.size();
  }

  /** How many labels no demo shown so far has. */
  int missing() {
    return demosWith.size() - shownWith.size();
  }

  /** How many labels of a demo no demo shown so far has. */
  int missingOf(int demo) {
    return (int) labelsOf.get(demo).stream().filter(it -> !shownWith.containsKey(it)).count();
  }

  /** How far the labels of two demos agree: those both have by those either has; 1 without any. */
  double agreement(int one, int other) {
    Set<String> either = new HashSet<>(labelsOf.get(one));
    either.addAll(labelsOf.get(other));
    long both = labelsOf.get(one).stream().filter(labelsOf.get(other)::contains).count();
    return either.isEmpty() ? 1 : (double) both / either.size();
  }
}
