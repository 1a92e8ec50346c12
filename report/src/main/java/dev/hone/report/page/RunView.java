package dev.hone.report.page;

import dev.hone.report.data.ComparisonEntry;
import dev.hone.report.data.ResultEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.ScoreEntry;
import dev.hone.report.data.SentEntry;
import dev.hone.report.data.SpendEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run as a page shows it.
 *
 * @param id stands before the ids of its parts on the page, such as {@code r1}
 * @param data what is known of it
 * @param scale how scores are written
 * @param name what it is called; beside other runs, with the time at which it began, and if they
 *     have that in common, too, with its number
 * @param several whether the page shows other runs too
 */
public record RunView(String id, RunData data, Scale scale, String name, boolean several) {
  /** The runs of a page, each with a name that no other has. */
  public static List<RunView> all(List<RunData> runs, Scale scale) {
    boolean several = runs.size() > 1;
    List<String> names =
        IntStream.range(0, runs.size()).mapToObj(i -> name(runs.get(i), i + 1, several)).toList();
    return IntStream.range(0, runs.size())
        .mapToObj(
            i -> {
              String name = names.get(i);
              boolean shared = names.stream().filter(name::equals).count() > 1;
              String own = shared ? name + " (" + (i + 1) + ")" : name;
              return new RunView("r" + (i + 1), runs.get(i), scale, own, several);
            })
        .toList();
  }

  private static String name(RunData run, int number, boolean several) {
    String name = run.head().name();
    String began = run.head().startedAt().replace('T', ' ').replace("Z", "");
    return (name.isBlank() ? "run " + number : Words.line(name, 120))
        + (several && !began.isBlank() ? ", " + Words.line(began, 40) : "");
  }

  /** What a predictor sends for one example; empty if that is not known. */
  public List<SentEntry.MessageEntry> sent(String predictor) {
    return data.sent().stream()
        .filter(entry -> entry.predictor().equals(predictor))
        .findFirst()
        .map(SentEntry::messages)
        .orElse(List.of());
  }

  /** What it came to. */
  public Headline headline() {
    return Headline.of(data, scale);
  }

  /** The chart of its trials. */
  public String trialChart() {
    return ChartData.trials(data, scale);
  }

  /** The maps of instructions and demo sets. */
  public List<ChoiceMap> maps() {
    return ChoiceMap.of(data);
  }

  /** What each candidate is worth. */
  public List<ChoiceWorth> worths() {
    return ChoiceWorth.of(data);
  }

  /** Its examples in groups; none if it was not measured. */
  public List<ExampleGroups.Group> groups() {
    ComparisonEntry comparison = data.comparison();
    return comparison == null ? List.of() : ExampleGroups.of(comparison);
  }

  /** How examples are named, such as {@code test examples}. */
  public String part() {
    ComparisonEntry comparison = data.comparison();
    return comparison == null || comparison.part().isBlank() ? "" : comparison.part() + " ";
  }

  /** The score before: as it was measured, or else on the examples that were chosen by. */
  public @Nullable ScoreEntry scoreBefore() {
    ComparisonEntry comparison = data.comparison();
    ResultEntry result = data.result();
    return comparison != null && comparison.after() != null
        ? comparison.before()
        : result == null ? null : result.baseline();
  }

  /** The score after, on the same examples. */
  public @Nullable ScoreEntry scoreAfter() {
    ComparisonEntry comparison = data.comparison();
    ResultEntry result = data.result();
    return comparison != null && comparison.after() != null
        ? comparison.after()
        : result == null ? null : result.best();
  }

  /** The largest number of calls of a spend, for bars; at least 1. */
  public static long most(Map<String, SpendEntry> spends) {
    return Math.max(1, spends.values().stream().mapToLong(SpendEntry::calls).max().orElse(1));
  }

  /** How long a bar is, of a length. */
  public static String bar(long value, long most, int length) {
    return String.format(Locale.ROOT, "%.1f", Math.max(0, length * (double) value / most));
  }

  /** A share of a row's sum in steps from 0 to 9. */
  public static int heat(int count, List<Integer> row) {
    int sum = row.stream().mapToInt(Integer::intValue).sum();
    return sum <= 0 ? 0 : (int) Math.max(0, Math.min(9, Math.round(9.0 * count / sum)));
  }

  /** A part of a score by its name; a dash if there is none. */
  public String part(Map<String, Double> parts, String name) {
    @Nullable Double value = parts.get(name);
    return value == null ? "–" : scale.score(value);
  }
}
