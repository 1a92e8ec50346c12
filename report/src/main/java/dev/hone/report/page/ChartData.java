package dev.hone.report.page;

import dev.hone.json.Json;
import dev.hone.report.data.LeaderEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.ScoreEntry;
import dev.hone.report.data.TrialEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data of charts as JSON that can stand in a page: it holds no character that ends a script.
 */
public final class ChartData {
  private static final int MOST_TRIALS = 3_000;

  private ChartData() {}

  /** The trials of a run. */
  public static String trials(RunData run, Scale scale) {
    ObjectNode node = Json.object().put("kind", "trials").put("factor", scale.points() ? 100 : 1);
    ArrayNode points = node.putArray("points");
    run.trials().stream().limit(MOST_TRIALS).forEach(trial -> add(points.addObject(), trial));
    return safe(node);
  }

  private static void add(ObjectNode point, TrialEntry trial) {
    point
        .put("trial", trial.number())
        .put("calls", trial.callsSoFar())
        .put("choice", trial.choice())
        .put("full", trial.full())
        .put("what", what(trial));
    ScoreEntry score = trial.score();
    if (score != null) {
      point.put("score", score.mean()).put("examples", score.examples());
      Double lower = score.lower();
      Double upper = score.upper();
      if (lower != null && upper != null) {
        point.put("lower", lower).put("upper", upper);
      }
    }
    LeaderEntry leader = trial.leader();
    if (leader != null) {
      point.put("best", leader.score()).put("bestExamples", leader.examples());
    }
  }

  /** The best of several runs over their calls. */
  public static String bests(List<RunView> runs, Scale scale) {
    ObjectNode node = Json.object().put("kind", "bests").put("factor", scale.points() ? 100 : 1);
    ArrayNode all = node.putArray("runs");
    for (RunView run : runs) {
      ObjectNode one = all.addObject().put("name", run.name());
      ArrayNode points = one.putArray("points");
      for (TrialEntry trial : run.data().trials()) {
        LeaderEntry leader = trial.leader();
        if (leader != null && points.size() < MOST_TRIALS) {
          points.addObject().put("calls", trial.callsSoFar()).put("best", leader.score());
        }
      }
    }
    return safe(node);
  }

  /** What was tried, in a phrase. */
  public static String what(TrialEntry trial) {
    return trial.choices().isEmpty() ? Words.line(trial.label(), 120) : named(trial.choices());
  }

  /** What was believed in, in a phrase. */
  public static String what(LeaderEntry leader) {
    return leader.choices().isEmpty() ? Words.line(leader.label(), 120) : named(leader.choices());
  }

  /** Choices in a phrase, such as {@code instruction 2, demo set 3}. */
  public static String named(Map<String, Integer> choices) {
    return choices.entrySet().stream()
        .map(choice -> phrase(choice.getKey(), choice.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String phrase(String name, int number) {
    String words =
        name.replaceFirst("^self\\.", "")
            .replaceFirst("\\.?instructions$", " instruction")
            .replaceFirst("\\.?demos$", " demo set")
            .strip();
    return String.format(Locale.ROOT, "%s %d", words, number);
  }

  private static String safe(ObjectNode node) {
    return Json.write(node)
        .replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
