package dev.hone.optimize.log;

import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.LineDiff;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What changed between two runs of a log, as lines for people. */
record RunDiff(RunLog log, LoggedRun before, LoggedRun after) {
  private static final int SHOWN_CHARACTERS = 160;

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>(List.of(before.time() + " -> " + after.time()));
    change(lines, "optimizer", before.optimizer(), after.optimizer());
    change(lines, "seed", before.seed(), after.seed());
    change(lines, "baseline", score(before, true), score(after, true));
    change(lines, "best", score(before, false), score(after, false));
    change(lines, "chosen", named(before.configuration()), named(after.configuration()));
    change(lines, "settings", settings(before, after), settings(after, before));
    change(lines, "data", before.dataFingerprints(), after.dataFingerprints());
    change(lines, "models", before.modelIds(), after.modelIds());
    Set<String> predictors = new LinkedHashSet<>(before.prompts().keySet());
    predictors.addAll(after.prompts().keySet());
    predictors.forEach(name -> lines.addAll(predictor(name)));
    return String.join(System.lineSeparator(), lines);
  }

  private List<String> predictor(String name) {
    if (!before.prompts().containsKey(name) || !after.prompts().containsKey(name)) {
      boolean added = after.prompts().containsKey(name);
      return List.of(name + ": only in the " + (added ? "second" : "first") + " run");
    }
    List<String> lines = new ArrayList<>();
    String old = log.instructions(before, name);
    String now = log.instructions(after, name);
    if (old.equals(now)) {
      lines.add(name + ": the same instructions");
    } else {
      lines.add(name + ": instructions");
      LineDiff.of(old, now).forEach(line -> lines.add("  " + line));
    }
    List<String> demos = changes(LineDiff.of(log.demos(before, name), log.demos(after, name)));
    int count = after.prompts().get(name).demoCount();
    lines.add(
        demos.isEmpty()
            ? "%s: the same demos (%d)".formatted(name, count)
            : "%s: demos, %d before and %d now"
                .formatted(name, before.prompts().get(name).demoCount(), count));
    demos.forEach(line -> lines.add("  " + Excerpt.of(line, SHOWN_CHARACTERS)));
    tools(lines, name);
    return lines;
  }

  private void tools(List<String> lines, String name) {
    Map<String, String> old = log.toolDescriptions(before, name);
    Map<String, String> now = log.toolDescriptions(after, name);
    Set<String> tools = new LinkedHashSet<>(old.keySet());
    tools.addAll(now.keySet());
    for (String tool : tools) {
      change(
          lines,
          "%s: the tool %s".formatted(name, tool),
          old.getOrDefault(tool, "its own"),
          now.getOrDefault(tool, "its own"));
    }
  }

  private static List<String> changes(List<String> diff) {
    return diff.stream().filter(line -> !line.startsWith("  ")).toList();
  }

  private static void change(List<String> lines, String what, Object old, Object now) {
    if (!old.equals(now)) {
      lines.add("%s: %s -> %s".formatted(what, old, now));
    }
  }

  private static String score(LoggedRun run, boolean baseline) {
    return (baseline ? run.baseline() : run.best()).map(RunLog::score).orElse("none");
  }

  /** The settings that the other run does not have, or has with another value. */
  private static String settings(LoggedRun of, LoggedRun other) {
    ObjectNode own = Json.object();
    ObjectNode others = other.settings();
    of.settings().properties().stream()
        .filter(entry -> !entry.getValue().equals(others.get(entry.getKey())))
        .forEach(entry -> own.set(entry.getKey(), entry.getValue()));
    return Json.write(own);
  }

  /** Choices by name, such as {@code {classify.instructions: 2, classify.demos: 3}}. */
  static String named(Map<String, Integer> choices) {
    return choices.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
