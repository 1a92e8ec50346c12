package dev.hone.optimize.journal;

import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** How a run differs from that of a journal, in phrases. */
final class FingerprintDifference {
  private static final int MOST = 8;
  private static final int SHOWN = 80;

  private final List<String> words = new ArrayList<>();

  private FingerprintDifference() {}

  /** The differences; none if the runs are the same. */
  static List<String> inWords(JsonNode then, JsonNode now) {
    FingerprintDifference difference = new FingerprintDifference();
    difference.value("the version of Hone", then.path("hone"), now.path("hone"));
    difference.value("the optimizer", then.path("optimizer"), now.path("optimizer"));
    difference.settings(then.path("settings"), now.path("settings"));
    for (String role : names(then.path("data"), now.path("data"))) {
      difference.data(role, then.path("data").path(role), now.path("data").path(role));
    }
    difference.program("program", then.path("program"), now.path("program"));
    difference.program("teacher", then.path("teacher"), now.path("teacher"));
    difference.hash("what the teacher starts from", then, now, "teacherState");
    difference.value("the teacher's model", then.path("teacherModel"), now.path("teacherModel"));
    difference.metric(then.path("metric"), now.path("metric"));
    difference.value(
        "the model", then.path("calls").path("model"), now.path("calls").path("model"));
    difference.value(
        "the adapter", then.path("calls").path("adapter"), now.path("calls").path("adapter"));
    difference.value(
        "the options of calls",
        then.path("calls").path("options"),
        now.path("calls").path("options"));
    return difference.shown();
  }

  private List<String> shown() {
    if (words.size() <= MOST) {
      return words;
    }
    List<String> some = new ArrayList<>(words.subList(0, MOST));
    some.add("and " + Plural.of(words.size() - MOST, "further difference"));
    return some;
  }

  private static Set<String> names(JsonNode then, JsonNode now) {
    Set<String> names = new TreeSet<>(then.propertyNames());
    names.addAll(now.propertyNames());
    return names;
  }

  private void value(String what, JsonNode then, JsonNode now) {
    if (!then.equals(now)) {
      words.add("%s was %s, and is %s now".formatted(what, shown(then), shown(now)));
    }
  }

  private static String shown(JsonNode node) {
    String text =
        node.isMissingNode() ? "not there" : node.isString() ? node.stringValue() : node.toString();
    return Excerpt.ofLine(text, SHOWN);
  }

  private void hash(String what, JsonNode then, JsonNode now, String name) {
    if (!then.path(name).equals(now.path(name))) {
      words.add(what + " has changed");
    }
  }

  private void settings(JsonNode then, JsonNode now) {
    Map<String, JsonNode> before = new TreeMap<>();
    Map<String, JsonNode> after = new TreeMap<>();
    flatten("", then, before);
    flatten("", now, after);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    JsonNode missing = then.path("\0");
    for (String name : names) {
      value(
          "the setting " + name,
          before.getOrDefault(name, missing),
          after.getOrDefault(name, missing));
    }
  }

  private static void flatten(String path, JsonNode node, Map<String, JsonNode> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              e ->
                  flatten(
                      path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(), leaves));
    } else {
      leaves.put(path, node);
    }
  }

  private void data(String role, JsonNode then, JsonNode now) {
    if (then.isMissingNode() || now.isMissingNode()) {
      words.add(
          "there was %s %s".formatted(then.isMissingNode() ? "no" : "a", role)
              + (now.isMissingNode() ? ", and there is none now" : ", and there is one now"));
      return;
    }
    if (then.equals(now)) {
      return;
    }
    Map<String, Integer> gone = count(then, now);
    Map<String, Integer> come = count(now, then);
    int changed = 0;
    for (String input : gone.keySet()) {
      changed += Math.min(gone.get(input), come.getOrDefault(input, 0));
    }
    int removed = sum(gone) - changed;
    int added = sum(come) - changed;
    List<String> parts = new ArrayList<>();
    add(parts, added, "added");
    add(parts, removed, "removed");
    add(parts, changed, "changed in label or extras");
    words.add(
        "the %s has %s"
            .formatted(
                role,
                parts.isEmpty() ? "its examples in another order" : String.join(", ", parts)));
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(Plural.of(count, "example") + " " + what);
    }
  }

  /** How many rows there are of each input that the others lack. */
  private static Map<String, Integer> count(JsonNode rows, JsonNode others) {
    Map<String, Integer> left = new HashMap<>();
    others.forEach(row -> left.merge(row.stringValue(""), 1, Integer::sum));
    Map<String, Integer> byInput = new HashMap<>();
    for (JsonNode row : rows) {
      String text = row.stringValue("");
      if (left.merge(text, -1, Integer::sum) < 0) {
        byInput.merge(text.split(" ", 2)[0], 1, Integer::sum);
      }
    }
    return byInput;
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void program(String role, JsonNode then, JsonNode now) {
    value("the class of the " + role, then.path("class"), now.path("class"));
    for (String name : names(then.path("predictors"), now.path("predictors"))) {
      JsonNode before = then.path("predictors").path(name);
      JsonNode after = now.path("predictors").path(name);
      if (before.isMissingNode() || after.isMissingNode()) {
        words.add(
            "the %s has %s predictor %s"
                .formatted(role, after.isMissingNode() ? "no" : "a new", name));
        continue;
      }
      hash("the signature of the predictor " + name, before, after, "signature");
      hash("the instruction of the predictor " + name, before, after, "instructions");
      hash("what the predictor " + name + " has of demos", before, after, "demos");
      hash("what the predictor " + name + " has of tools", before, after, "tools");
    }
  }

  private void metric(JsonNode then, JsonNode now) {
    value("the metric's name", then.path("name"), now.path("name"));
    value("the metric's class", then.path("class"), now.path("class"));
    value("the judge's verdicts", then.path("verdicts"), now.path("verdicts"));
    program("judge", then.path("judge"), now.path("judge"));
  }
}
