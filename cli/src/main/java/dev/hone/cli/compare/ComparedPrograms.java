package dev.hone.cli.compare;

import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.PairedComparison;
import dev.hone.evaluate.PairedComparison.Finding;
import dev.hone.json.Json;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.verdict.GainCheck;
import dev.hone.text.Plural;
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
public record ComparedPrograms(
    List<String> names,
    Evaluation<ObjectNode, ObjectNode> first,
    Evaluation<ObjectNode, ObjectNode> second) {

  /** The comparison. */
  public PairedComparison comparison() {
    return second.compareWith(first);
  }

  /** Whether the second one is shown to be better, or worse; as the report says it. */
  public Finding finding() {
    return comparison().finding();
  }

  /** What the rows could have shown, where neither is; empty where nothing can be compared. */
  private Optional<Verdict> verdict() {
    return GainCheck.of(scores(first), List.of(scores(second))).returned(0).verdict();
  }

  /** Whether it is shown that the second one is better. */
  public boolean improved() {
    return finding() == Finding.BETTER;
  }

  /** Whether it is shown that it is worse. */
  public boolean worse() {
    return finding() == Finding.WORSE;
  }

  private static double[] scores(Evaluation<?, ?> evaluation) {
    return evaluation.scores().stream().mapToDouble(score -> score.orElse(Double.NaN)).toArray();
  }

  RowChanges changes() {
    return RowChanges.between(first, second);
  }

  /** The table: both scores with their intervals, the difference, the parts of the metric. */
  public List<String> lines() {
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

  /** What the comparison says, in a sentence for people; empty where it is better. */
  public Optional<String> caution() {
    int rows = first.results().size();
    String scores =
        "%s against %s on %d rows"
            .formatted(Points.of(second.score()), Points.of(first.score()), rows);
    String probability = Points.percent(comparison().probabilityBetter());
    return switch (finding()) {
      case BETTER -> Optional.empty();
      case WORSE ->
          Optional.of(
              "Worse: %s scores %s (probability of being better: %s)."
                  .formatted(names.get(1), scores, probability));
      case NOT_SHOWN ->
          Optional.of(
              notShown(
                  "%s could be luck (probability of being better: %s)."
                      .formatted(scores, probability)));
    };
  }

  private String notShown(String luck) {
    Verdict verdict = first.corpusMetric().isPresent() ? null : verdict().orElse(null);
    if (verdict instanceof Verdict.Saturated) {
      return "Nothing is left to gain: %s scores %s on %d rows. Harder rows would show more."
          .formatted(names.get(0), Points.of(first.score()), first.results().size());
    } else if (verdict instanceof Verdict.TooFewExamples few) {
      return String.format(
          Locale.ROOT,
          "Not shown to be better: %s About %,d rows would tell; or the metric is coarse.",
          luck,
          few.needed());
    }
    return "Not shown to be better: " + luck;
  }

  /** The verdict in a word, for programs. */
  private String word() {
    return switch (finding()) {
      case BETTER -> "Improved";
      case WORSE -> "Worse";
      case NOT_SHOWN ->
          verdict()
              .filter(verdict -> !verdict.improved())
              .map(verdict -> verdict.getClass().getSimpleName())
              .orElse("NoSignificantGain");
    };
  }

  /**
   * The result as JSON.
   *
   * @param keys what the two are there
   * @param shown whether the rows may be shown, and not their numbers only
   */
  public ObjectNode toJson(List<String> keys, boolean shown) {
    PairedComparison comparison = comparison();
    ObjectNode json = Json.object();
    json.set(keys.get(0), json(names.get(0), first));
    json.set(keys.get(1), json(names.get(1), second));
    ObjectNode difference = json.putObject("comparison");
    difference.put("rows", comparison.examples());
    difference.put("betterBy", comparison.meanDifference());
    difference.put("lower", comparison.interval().lower());
    difference.put("upper", comparison.interval().upper());
    difference.put("probabilityBetter", comparison.probabilityBetter());
    difference.put("better", comparison.better());
    difference.put("worse", comparison.worse());
    json.put("verdict", word());
    RowChanges changes = changes();
    json.set("betterRows", RowChanges.toJson(changes.better(), shown));
    json.set("worseRows", RowChanges.toJson(changes.worse(), shown));
    return json;
  }

  private static ObjectNode json(String name, Evaluation<?, ?> evaluation) {
    ObjectNode json = Json.object().put("name", name);
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

  /** On which rows the two differ, by their numbers. */
  public List<String> changedRows() {
    RowChanges changes = changes();
    List<String> lines = new ArrayList<>();
    if (!changes.better().isEmpty()) {
      lines.add("  better on " + rows(changes.better()));
    }
    if (!changes.worse().isEmpty()) {
      lines.add("  worse on " + rows(changes.worse()));
    }
    return lines;
  }

  private static String rows(List<RowChanges.Row> rows) {
    return "%s: %s".formatted(Plural.of(rows.size(), "row"), RowChanges.numbers(rows));
  }
}
