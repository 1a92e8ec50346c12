package dev.hone.compiled;

import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import dev.hone.program.Predict;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of a saved predictor: their names with fingerprints, and what was learnt to say of
 * them. Tools are code, so that others than those in the file are no error but a note.
 *
 * @param fingerprints of the tools that the predictor had, by name
 * @param descriptions what was learnt, by name
 */
record SavedTools(Map<String, String> fingerprints, Map<String, String> descriptions) {
  private static final Logger LOG = LoggerFactory.getLogger(SavedTools.class);
  private static final int SHOWN_CHARACTERS = 200;

  /** The tools of a predictor in a file; none for one that had none, or is older. */
  static SavedTools of(ArtifactNode predictor) {
    return new SavedTools(
        texts(predictor, Artifact.TOOLS), texts(predictor, Artifact.TOOL_DESCRIPTIONS));
  }

  private static Map<String, String> texts(ArtifactNode predictor, String name) {
    return predictor.node().has(name) ? predictor.texts(name) : Map.of();
  }

  /** Writes the tools of a predictor, if it has any. */
  static void write(List<ToolSpec> tools, ObjectNode predictor) {
    if (!tools.isEmpty()) {
      ObjectNode node = predictor.putObject(Artifact.TOOLS);
      fingerprints(tools).forEach(node::put);
    }
  }

  private static Map<String, String> fingerprints(List<ToolSpec> tools) {
    Map<String, String> byName = new TreeMap<>();
    tools.forEach(tool -> byName.put(tool.name(), fingerprint(tool)));
    return byName;
  }

  private static String fingerprint(ToolSpec tool) {
    ObjectNode node = Json.object().put("description", tool.description());
    node.set("parameters", tool.parameters());
    return Json.fingerprint(node);
  }

  /** What was learnt to say of the tools that a predictor has. */
  Map<String, String> descriptionsFor(Predict<?, ?> predict) {
    Map<String, String> kept = new TreeMap<>(descriptions);
    kept.keySet().retainAll(names(predict));
    return kept;
  }

  private static Set<String> names(Predict<?, ?> predict) {
    return predict.tools().stream().map(ToolSpec::name).collect(Collectors.toSet());
  }

  /** The notes on predictors that have other tools than in a file, each in the log too. */
  static List<String> notes(ArtifactNode saved, Map<String, Predict<?, ?>> present) {
    List<String> notes = new ArrayList<>();
    present.forEach(
        (name, predict) -> {
          String changes = of(saved.object(name)).changes(predict);
          if (!changes.isEmpty()) {
            notes.add(
                ("the tools of `%s` are others than when it was saved: %s; so its scores may differ."
                        + " Maybe evaluate it, and compile it again if it is worse.")
                    .formatted(name, changes));
          }
        });
    notes.forEach(note -> LOG.warn("{}: {}", saved.source(), note));
    return notes;
  }

  private String changes(Predict<?, ?> predict) {
    Map<String, String> now = fingerprints(predict.tools());
    Map<String, List<String>> changes = new LinkedHashMap<>();
    for (String name : both(fingerprints, now)) {
      String old = fingerprints.get(name);
      String present = now.get(name);
      if (old == null || !old.equals(present)) {
        String what = old == null ? "added" : present == null ? "removed" : "changed";
        changes.computeIfAbsent(what, w -> new ArrayList<>()).add(name);
      }
    }
    Set<String> lost = new TreeSet<>(descriptions.keySet());
    lost.removeAll(now.keySet());
    if (!lost.isEmpty()) {
      changes.put("descriptions left out", List.copyOf(lost));
    }
    return changes.entrySet().stream()
        .map(change -> change.getKey() + " " + String.join(", ", change.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static Set<String> both(Map<String, String> one, Map<String, String> other) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names;
  }

  /** What differs from these tools in those of another file, in phrases. */
  List<String> differences(SavedTools now) {
    List<String> lines = new ArrayList<>();
    for (String name : both(fingerprints, now.fingerprints)) {
      String old = fingerprints.get(name);
      String present = now.fingerprints.get(name);
      if (old == null || present == null) {
        lines.add("the tool `%s` was %s".formatted(name, old == null ? "added" : "removed"));
      } else if (!old.equals(present)) {
        lines.add("the tool `%s` itself has changed".formatted(name));
      }
    }
    for (String name : both(descriptions, now.descriptions)) {
      String old = shown(descriptions.get(name));
      String present = shown(now.descriptions.get(name));
      if (!old.equals(present)) {
        lines.add(
            "the description of the tool `%s` was %s and is %s".formatted(name, old, present));
      }
    }
    return lines;
  }

  private static String shown(@Nullable String description) {
    return description == null
        ? "its own"
        : '"' + Excerpt.ofLine(description, SHOWN_CHARACTERS) + '"';
  }
}
