package dev.hone.report;

import dev.hone.json.Json;
import dev.hone.report.data.ComparisonEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.ScoreEntry;
import dev.hone.report.page.Headline;
import dev.hone.report.page.RunView;
import dev.hone.report.page.Scale;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What runs came to, as the reports say it in their first sentences. Immutable. */
public final class RunSummary {
  private final List<RunView> views;

  private RunSummary(List<RunView> views) {
    this.views = views;
  }

  /** The summary of some runs, with scores on one scale. */
  public static RunSummary of(List<RunRecord> records) {
    List<RunData> runs = records.stream().map(RunRecord::data).toList();
    return new RunSummary(RunView.all(runs, Scale.of(runs)));
  }

  /**
   * An object with a list {@code runs}: name, when it began, status, verdict and its sentence,
   * scores as the metric gives them, calls, tokens, cost and seconds.
   */
  public ObjectNode toJson() {
    ObjectNode node = Json.object();
    ArrayNode runs = node.putArray("runs");
    views.forEach(view -> add(runs.addObject(), view));
    return node;
  }

  private static void add(ObjectNode node, RunView view) {
    RunData run = view.data();
    Headline headline = view.headline();
    node.put("name", run.head().name())
        .put("startedAt", run.head().startedAt())
        .put("status", run.head().status())
        .put("verdict", headline.word())
        .put("sentence", headline.sentence())
        .put("optimizer", run.head().optimizer())
        .put("trials", run.trials().size());
    score(node, "before", view.scoreBefore());
    score(node, "after", view.scoreAfter());
    ComparisonEntry comparison = run.comparison();
    if (comparison != null && comparison.after() != null) {
      node.put("on", comparison.part());
    }
    node.put("lmCalls", run.cost().total().calls())
        .put("tokens", run.cost().total().tokens())
        .put("costUsd", run.cost().total().usd())
        .put("seconds", run.head().seconds());
  }

  private static void score(ObjectNode node, String name, @Nullable ScoreEntry score) {
    if (score != null) {
      node.putObject(name)
          .put("score", score.mean())
          .put("lower", score.lower())
          .put("upper", score.upper())
          .put("examples", score.examples());
    }
  }

  /** A line per run, such as {@code tickets: Better. From 50.0 to 75.0 on 48 test examples …}. */
  @Override
  public String toString() {
    return views.stream()
        .map(
            view ->
                "%s: %s. %s"
                    .formatted(view.name(), view.headline().word(), view.headline().sentence()))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
