package dev.hone.compiled;

import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.LineDiff;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What differs between two saved programs: instructions line by line, demos that were added or
 * removed, signatures, scores and where each comes from. Needs no class. Immutable; print it.
 *
 * <pre>{@code
 * System.out.println(CompiledDiff.of(Path.of("before.json"), Path.of("after.json")));
 * }</pre>
 */
public final class CompiledDiff {
  private static final int SHOWN_CHARACTERS = 160;

  private final String before;
  private final String after;
  private final List<String> provenance;
  private final Map<String, PredictorDiff> byPredictor;

  private CompiledDiff(
      String before,
      String after,
      List<String> provenance,
      Map<String, PredictorDiff> byPredictor) {
    this.before = before;
    this.after = after;
    this.provenance = List.copyOf(provenance);
    this.byPredictor = Collections.unmodifiableMap(new LinkedHashMap<>(byPredictor));
  }

  /**
   * What differs in one predictor.
   *
   * @param instructions all lines of both, each behind {@code " "} if both have it, {@code "- "} if
   *     only the first has it, {@code "+ "} if only the second; empty if they are the same
   * @param demosAdded demos that only the second has, as JSON on a line
   * @param demosRemoved demos that only the first has, as JSON on a line
   * @param demosKept the number of demos that both have
   * @param signature what else there is to say, in phrases: fields that changed, a predictor that
   *     only one of them has, tools and their descriptions, another order of equal demos
   */
  public record PredictorDiff(
      List<String> instructions,
      List<String> demosAdded,
      List<String> demosRemoved,
      int demosKept,
      List<String> signature) {
    /** Copies the lists. */
    public PredictorDiff {
      instructions = List.copyOf(instructions);
      demosAdded = List.copyOf(demosAdded);
      demosRemoved = List.copyOf(demosRemoved);
      signature = List.copyOf(signature);
    }

    /** Whether both have the same prompt. */
    public boolean isEmpty() {
      return instructions.isEmpty()
          && demosAdded.isEmpty()
          && demosRemoved.isEmpty()
          && signature.isEmpty();
    }
  }

  /**
   * Compares two files.
   *
   * @throws ArtifactException if one cannot be read or is damaged
   */
  public static CompiledDiff of(Path before, Path after) {
    return of(new Side(before.toString(), json(before)), new Side(after.toString(), json(after)));
  }

  /** Compares two programs. */
  public static CompiledDiff of(Compiled<?, ?> before, Compiled<?, ?> after) {
    return of(new Side("before", before.toJson()), new Side("after", after.toJson()));
  }

  private static ObjectNode json(Path file) {
    return new ArtifactReader(file.toString()).parse(ArtifactFile.read(file));
  }

  /** One of the two. */
  private record Side(String name, ObjectNode json) {
    ArtifactNode predictors() {
      return new ArtifactReader(name).root(json).object(Artifact.PREDICTORS);
    }

    Provenance provenance() {
      return new ArtifactReader(name).provenance(json);
    }
  }

  private static CompiledDiff of(Side before, Side after) {
    ArtifactNode old = before.predictors();
    ArtifactNode now = after.predictors();
    Set<String> names = new LinkedHashSet<>(old.node().propertyNames());
    names.addAll(now.node().propertyNames());
    Map<String, PredictorDiff> byPredictor = new LinkedHashMap<>();
    for (String name : names) {
      byPredictor.put(name, predictor(old, now, name));
    }
    return new CompiledDiff(
        before.name(),
        after.name(),
        provenance(before.provenance(), after.provenance()),
        byPredictor);
  }

  private static PredictorDiff predictor(ArtifactNode old, ArtifactNode now, String name) {
    boolean inOld = old.node().has(name);
    boolean inNow = now.node().has(name);
    List<String> demosOld = inOld ? demos(old.object(name)) : List.of();
    List<String> demosNow = inNow ? demos(now.object(name)) : List.of();
    List<String> added = without(demosNow, demosOld);
    List<String> removed = without(demosOld, demosNow);
    List<String> changes = new ArrayList<>();
    if (!inOld || !inNow) {
      changes.add(inNow ? "only the second has this predictor" : "only the first has it");
    } else {
      changes.addAll(fields(old.object(name), now.object(name)));
      changes.addAll(SavedTools.of(old.object(name)).differences(SavedTools.of(now.object(name))));
      if (added.isEmpty() && removed.isEmpty() && !demosOld.equals(demosNow)) {
        changes.add("the demos have another order");
      }
    }
    return new PredictorDiff(
        instructions(
            inOld ? old.object(name).text(Artifact.INSTRUCTIONS) : "",
            inNow ? now.object(name).text(Artifact.INSTRUCTIONS) : ""),
        added,
        removed,
        demosNow.size() - added.size(),
        changes);
  }

  private static List<String> instructions(String old, String now) {
    return old.equals(now) ? List.of() : LineDiff.of(old, now);
  }

  private static List<String> demos(ArtifactNode predictor) {
    return predictor.objects(Artifact.DEMOS).stream().map(CompiledDiff::demo).toList();
  }

  private static String demo(ArtifactNode node) {
    ObjectNode shown = Json.object();
    node.object(Artifact.INPUTS)
        .node()
        .properties()
        .forEach(e -> shown.set(e.getKey(), e.getValue()));
    shown.setAll(node.object(Artifact.OUTPUTS).node());
    return Json.write(shown);
  }

  private static List<String> without(List<String> demos, List<String> others) {
    List<String> rest = new ArrayList<>(demos);
    others.forEach(rest::remove);
    return rest;
  }

  private static List<String> fields(ArtifactNode old, ArtifactNode now) {
    List<String> changes = new ArrayList<>();
    for (String side : List.of(Artifact.INPUTS, Artifact.OUTPUTS)) {
      String was = fields(old, side);
      String is = fields(now, side);
      if (!was.equals(is)) {
        changes.add("the %s were %s and are %s".formatted(side, was, is));
      }
    }
    return changes;
  }

  private static String fields(ArtifactNode predictor, String side) {
    return predictor.object(Artifact.SIGNATURE).objects(side).stream()
        .map(field -> field.text(Artifact.NAME) + ": " + field.text(Artifact.TYPE))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static List<String> provenance(Provenance old, Provenance now) {
    List<String> lines = new ArrayList<>();
    change(
        lines,
        "made by",
        "%s, seed %d".formatted(old.optimizer(), old.seed()),
        "%s, seed %d".formatted(now.optimizer(), now.seed()));
    change(lines, "models", old.modelIds().toString(), now.modelIds().toString());
    change(lines, "settings", settings(old, now), settings(now, old));
    if (!old.dataFingerprints().equals(now.dataFingerprints())) {
      lines.add("data: not the same examples");
    }
    Set<String> names = new LinkedHashSet<>();
    old.scores().forEach(score -> names.add(score.name()));
    now.scores().forEach(score -> names.add(score.name()));
    names.forEach(name -> change(lines, name, score(old, name), score(now, name)));
    return lines;
  }

  private static void change(List<String> lines, String what, String old, String now) {
    if (!old.equals(now)) {
      lines.add("%s: %s -> %s".formatted(what, old, now));
    }
  }

  /** The settings that another one does not have, or has with another value. */
  private static String settings(Provenance of, Provenance other) {
    ObjectNode own = Json.object();
    of.settings().properties().stream()
        .filter(entry -> !entry.getValue().equals(other.settings().get(entry.getKey())))
        .forEach(entry -> own.set(entry.getKey(), entry.getValue()));
    return Json.write(own);
  }

  private static String score(Provenance provenance, String name) {
    return provenance.scores().stream()
        .filter(score -> score.name().equals(name))
        .findFirst()
        .map(CompiledDiff::score)
        .orElse("none");
  }

  private static String score(MeasuredScore score) {
    return String.format(
        Locale.ROOT, "%.3f [%.3f, %.3f]", score.mean(), score.lower(), score.upper());
  }

  /** What differs by predictor, in the order of the first; those without a difference included. */
  public Map<String, PredictorDiff> byPredictor() {
    return byPredictor;
  }

  /** What differs in scores, optimizer, seed, settings, data and models, a line each. */
  public List<String> provenance() {
    return provenance;
  }

  /** Whether both give the same prompts. */
  public boolean samePrompts() {
    return byPredictor.values().stream().allMatch(PredictorDiff::isEmpty);
  }

  /** All of it for people: a section per predictor, demos cut to a line. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>(List.of(before + " -> " + after));
    provenance.forEach(line -> lines.add("  " + Excerpt.ofLine(line, 3 * SHOWN_CHARACTERS)));
    byPredictor.forEach((name, diff) -> lines.addAll(lines(name, diff)));
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> lines(String name, PredictorDiff diff) {
    if (diff.isEmpty()) {
      return List.of(
          "%s: the same instructions, %s".formatted(name, Plural.of(diff.demosKept(), "demo")));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: instructions %s; demos: %d added, %d removed, %d kept"
            .formatted(
                name,
                diff.instructions().isEmpty() ? "the same" : "changed",
                diff.demosAdded().size(),
                diff.demosRemoved().size(),
                diff.demosKept()));
    diff.signature().forEach(change -> lines.add("  " + change));
    diff.instructions().forEach(line -> lines.add("  " + line));
    diff.demosRemoved().forEach(demo -> lines.add("  - " + Excerpt.of(demo, SHOWN_CHARACTERS)));
    diff.demosAdded().forEach(demo -> lines.add("  + " + Excerpt.of(demo, SHOWN_CHARACTERS)));
    return lines;
  }
}
