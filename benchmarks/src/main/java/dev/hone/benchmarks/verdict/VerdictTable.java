package dev.hone.benchmarks.verdict;

import dev.hone.optimize.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The rows of the table of verdicts. Not thread-safe. */
final class VerdictTable {
  private static final String HEADER =
      """
      | scenario | runs | baseline returned | Improved | NoSignificantGain | TooFewExamples | covers | truth below, above | plain interval covers | true gain | observed less true | estimate less true | probability stated, truly better | examples compared | candidates | width, plain width | calls |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private final StringBuilder text = new StringBuilder();
  private final List<VerdictPlay> all = new ArrayList<>();

  /** Begins a table. */
  void begin(VerdictCell cell) {
    text.append("\n## ").append(cell.name()).append("\n\n").append(HEADER);
    all.clear();
  }

  /** Adds the row of a scenario. */
  void add(GainScenario scenario, List<VerdictPlay> plays) {
    all.addAll(plays);
    row(scenario.name(), plays);
  }

  /** Adds the row of all scenarios together. */
  void end() {
    if (!all.isEmpty()) {
      row("**all**", all);
    }
  }

  String text() {
    return text.toString();
  }

  private void row(String name, List<VerdictPlay> plays) {
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s | %s | %s | %s | %s, %s | %s | %s | %s | %s | %.2f, %.2f | %.0f | %.0f | %s, %s | %.0f |%n",
            name,
            plays.size(),
            share(plays, play -> !play.returned()),
            share(plays, play -> play.verdict() instanceof Verdict.Improved),
            share(plays, play -> play.verdict() instanceof Verdict.NoSignificantGain),
            share(plays, play -> play.verdict() instanceof Verdict.TooFewExamples),
            share(plays, play -> play.estimate().interval().contains(play.gain())),
            share(plays, play -> play.gain() < play.estimate().interval().lower()),
            share(plays, play -> play.gain() > play.estimate().interval().upper()),
            share(
                plays,
                play ->
                    Math.abs(play.estimate().observed() - play.gain()) <= play.plainWidth() / 2),
            points(plays, VerdictPlay::gain),
            points(plays, play -> play.estimate().observed() - play.gain()),
            points(plays, play -> play.estimate().by() - play.gain()),
            mean(plays, VerdictPlay::probability),
            mean(plays, play -> play.gain() > 0 ? 1 : 0),
            mean(plays, play -> play.estimate().examples()),
            mean(plays, play -> play.estimate().candidates()),
            points(plays, play -> play.estimate().interval().width()),
            points(plays, VerdictPlay::plainWidth),
            mean(plays, VerdictPlay::calls)));
  }

  private static String share(List<VerdictPlay> plays, Predicate<VerdictPlay> test) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * mean(plays, play -> test.test(play) ? 1 : 0));
  }

  private static String points(List<VerdictPlay> plays, ToDoubleFunction<VerdictPlay> value) {
    return String.format(Locale.ROOT, "%.1f", 100 * mean(plays, value));
  }

  private static double mean(List<VerdictPlay> plays, ToDoubleFunction<VerdictPlay> value) {
    return plays.stream().mapToDouble(value).average().orElse(0);
  }
}
