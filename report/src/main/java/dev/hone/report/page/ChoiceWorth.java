package dev.hone.report.page;

import dev.hone.report.data.CandidateEntries;
import dev.hone.report.data.ResultEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.ScoreEntry;
import dev.hone.report.data.TrialEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each candidate of one choice is worth: the mean of the scores of all trials that had it,
 * each as heavy as it had examples, with the interval that follows from theirs.
 *
 * @param name what is chosen, such as {@code self.instructions}
 * @param kind {@code instruction} or {@code demo set}, or another word
 * @param options the candidates, by their numbers
 */
public record ChoiceWorth(String name, String kind, List<Option> options) {
  private static final int MOST = 60;
  private static final double NORMAL = 1.96;

  /**
   * A candidate.
   *
   * @param number its number, from 0
   * @param worth its mean score
   * @param trials the number of trials that had it
   * @param text the instruction, or where the demo set comes from; empty before it is known
   * @param origin where it comes from; may be empty
   * @param demos the demos of a demo set
   * @param chosen whether it is what was returned
   */
  public record Option(
      int number,
      ScoreEntry worth,
      int trials,
      String text,
      String origin,
      List<String> demos,
      boolean chosen) {}

  /** All choices of a run, in their order. */
  public static List<ChoiceWorth> of(RunData run) {
    Map<String, Map<Integer, List<TrialEntry>>> byName = new LinkedHashMap<>();
    for (TrialEntry trial : run.trials()) {
      if (trial.score() != null) {
        trial
            .choices()
            .forEach(
                (name, number) ->
                    byName
                        .computeIfAbsent(name, n -> new TreeMap<>())
                        .computeIfAbsent(number, n -> new ArrayList<>())
                        .add(trial));
      }
    }
    List<ChoiceWorth> all = new ArrayList<>();
    byName.forEach(
        (name, byNumber) -> {
          List<Option> options =
              byNumber.entrySet().stream()
                  .limit(MOST)
                  .map(entry -> option(run, name, entry.getKey(), entry.getValue()))
                  .toList();
          all.add(new ChoiceWorth(name, kind(name), options));
        });
    return all;
  }

  private static String kind(String name) {
    return name.endsWith(".instructions")
        ? "instruction"
        : name.endsWith(".demos") ? "demo set" : "candidate";
  }

  private static Option option(RunData run, String name, int number, List<TrialEntry> trials) {
    CandidateEntries candidates = run.candidates();
    String predictor = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    String text = "";
    String origin = "";
    List<String> demos = List.of();
    var instructions = candidates.instructions().getOrDefault(predictor, List.of());
    var sets = candidates.demoSets().getOrDefault(predictor, List.of());
    if (name.endsWith(".instructions") && number >= 0 && number < instructions.size()) {
      text = instructions.get(number).text();
      origin = instructions.get(number).origin();
    } else if (name.endsWith(".demos") && number >= 0 && number < sets.size()) {
      demos = sets.get(number).demos();
      origin = sets.get(number).origin();
    }
    ResultEntry result = run.result();
    boolean chosen = result != null && Integer.valueOf(number).equals(result.chosen().get(name));
    return new Option(number, worth(trials), trials.size(), text, origin, demos, chosen);
  }

  private static ScoreEntry worth(List<TrialEntry> trials) {
    double examples = 0;
    double sum = 0;
    double squares = 0;
    for (TrialEntry trial : trials) {
      ScoreEntry score = java.util.Objects.requireNonNull(trial.score());
      double weight = Math.max(1, score.examples());
      Double lower = score.lower();
      Double upper = score.upper();
      double error = lower == null || upper == null ? 0 : (upper - lower) / 2 / NORMAL;
      examples += weight;
      sum += weight * score.mean();
      squares += weight * weight * error * error;
    }
    double mean = sum / examples;
    double half = NORMAL * Math.sqrt(squares) / examples;
    return half > 0
        ? new ScoreEntry(mean, mean - half, mean + half, (int) examples)
        : new ScoreEntry(mean, null, null, (int) examples);
  }
}
