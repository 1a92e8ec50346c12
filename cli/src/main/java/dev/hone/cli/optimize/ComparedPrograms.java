package dev.hone.cli.optimize;

import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.PairedComparison;
import dev.hone.json.Json;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.verdict.GainCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two programs on the same rows: what each scores, and whether the second one is better.
 *
 * @param names what the two are called
 * @param first the first one's evaluation
 * @param second the second one's
 */
record ComparedPrograms(
    List<String> names,
    Evaluation<ObjectNode, ObjectNode> first,
    Evaluation<ObjectNode, ObjectNode> second) {

  PairedComparison comparison() {
    return second.compareWith(first);
  }

  /** Whether the second one is better, on new rows; empty where nothing can be compared. */
  Optional<Verdict> verdict() {
    return GainCheck.of(scores(first), List.of(scores(second))).returned(0).verdict();
  }

  /** Whether it is shown that the second one is better. */
  boolean improved() {
    return first.corpusMetric().isPresent()
        ? comparison().interval().lower() > 0
        : verdict().filter(Verdict::improved).isPresent();
  }

  private static double[] scores(Evaluation<?, ?> evaluation) {
    return evaluation.scores().stream().mapToDouble(score -> score.orElse(Double.NaN)).toArray();
  }

  RowChanges changes() {
    return RowChanges.between(first, second);
  }

  /** The table: both scores with their intervals, the difference, the parts of the metric. */
  List<String> lines() {
    PairedComparison comparison = comparison();
    int width = Math.max(8, names.stream().mapToInt(String::length).max().orElse(0));
    String form = "  %-" + width + "s  %-22s  %s";
    List<String> lines = new ArrayList<>();
    lines.add(form.formatted("", "score", "better by").stripTrailing());
    lines.add(form.formatted(names.get(0), score(first), "").stripTrailing());
    lines.add(
        form.formatted(
            names.get(1),
            score(second),
            Points.of(comparison.meanDifference()) + " " + Points.of(comparison.interval())));
    lines.add(
        "  probability that %s is truly better: %s"
            .formatted(names.get(1), Points.percent(comparison.probabilityBetter())));
    parts().ifPresent(lines::add);
    return lines;
  }

  private static String score(Evaluation<?, ?> evaluation) {
    return Points.of(evaluation.score()) + "  " + Points.of(evaluation.interval());
  }

  private Optional<String> parts() {
    Map<String, Double> before = first.scoreByPart();
    Map<String, Double> after = second.scoreByPart();
    List<String> parts = new ArrayList<>();
    before.forEach(
        (name, score) -> {
          Double now = after.get(name);
          if (now != null && before.size() > 1) {
            parts.add("%s %s -> %s".formatted(name, Points.of(score), Points.of(now)));
          }
        });
    return parts.isEmpty() ? Optional.empty() : Optional.of("  " + String.join("   ", parts));
  }

  /** What the verdict says, in a sentence for people; empty where it is clear. */
  Optional<String> caution() {
    int rows = first.results().size();
    String luck =
        "%s against %s on %d rows could be luck (probability of being better: %s)."
            .formatted(
                Points.of(second.score()),
                Points.of(first.score()),
                rows,
                Points.percent(comparison().probabilityBetter()));
    if (improved()) {
      return Optional.empty();
    } else if (first.corpusMetric().isPresent()) {
      return Optional.of("Not shown to be better: " + luck);
    }
    return verdict()
        .map(
            verdict -> {
              if (verdict instanceof Verdict.Saturated) {
                return "Nothing is left to gain: %s scores %s on %d rows. Harder rows would show more."
                    .formatted(names.get(0), Points.of(first.score()), rows);
              } else if (verdict instanceof Verdict.TooFewExamples few) {
                return "Not shown to be better: %s About %,d rows would tell; or the metric is coarse."
                    .formatted(luck, few.needed());
              }
              return "Not shown to be better: " + luck;
            });
  }

  ObjectNode toJson() {
    PairedComparison comparison = comparison();
    ObjectNode json = Json.object();
    json.set(names.get(0), json(first));
    json.set(names.get(1), json(second));
    ObjectNode difference = json.putObject("comparison");
    difference.put("rows", comparison.examples());
    difference.put("betterBy", comparison.meanDifference());
    difference.put("lower", comparison.interval().lower());
    difference.put("upper", comparison.interval().upper());
    difference.put("probabilityBetter", comparison.probabilityBetter());
    difference.put("better", comparison.better());
    difference.put("worse", comparison.worse());
    verdict().ifPresent(verdict -> json.put("verdict", verdict.getClass().getSimpleName()));
    RowChanges changes = changes();
    json.set("betterRows", RowChanges.toJson(changes.better()));
    json.set("worseRows", RowChanges.toJson(changes.worse()));
    return json;
  }

  private static ObjectNode json(Evaluation<?, ?> evaluation) {
    ObjectNode json = Json.object();
    json.put("score", evaluation.score());
    json.put("lower", evaluation.interval().lower());
    json.put("upper", evaluation.interval().upper());
    json.put("rows", evaluation.results().size());
    json.put("calls", evaluation.spend().lmCalls());
    json.put("cachedCalls", evaluation.spend().cachedCalls());
    ObjectNode parts = json.putObject("parts");
    evaluation.scoreByPart().forEach(parts::put);
    return json;
  }

  /** What both evaluations cost, in words. */
  String calls() {
    return String.format(Locale.ROOT, "%,d calls", first.spend().plus(second.spend()).lmCalls());
  }
}
