package dev.hone.optimize.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The scores of a run, by configuration and example, and who is best by them. Of two scores of one
 * pair the later counts; a missing score leaves an earlier one in place. Not thread-safe.
 *
 * <p>Means are over the distinct examples that count, see {@link #leaveOutUnscored}, and are
 * rounded to twelve decimals, so that sums of the same scores in another order are equal. Of equal
 * means the baseline is best, then the configuration with the smaller prompt, then the one that was
 * evaluated earlier.
 *
 * <p>Memory: 8 bytes per pair of an evaluated configuration and an example of the validation set.
 */
public final class ScoreTable {
  private static final double ROUNDING = 1e12;

  private static final Comparator<Row> BEST_FIRST =
      Comparator.comparingDouble((Row row) -> -row.mean)
          .thenComparing(row -> !row.baseline)
          .thenComparingDouble(row -> row.promptSize)
          .thenComparingInt(row -> row.age);

  private final SearchProblem problem;
  private final Map<Configuration, Row> rows = new LinkedHashMap<>();
  private List<Integer> examples;

  /** A table without scores. */
  public ScoreTable(SearchProblem problem) {
    this.problem = problem;
    examples = problem.examples();
  }

  /** Takes the scores of an evaluation. */
  public void put(EvaluationScores scores) {
    Configuration configuration = scores.request().configuration();
    rows.computeIfAbsent(configuration, added -> new Row(added, problem, rows.size()))
        .put(scores, examples);
  }

  /** Whether there is no score yet. */
  public boolean isEmpty() {
    return rows.values().stream()
        .allMatch(row -> Arrays.stream(row.scores).allMatch(Double::isNaN));
  }

  /** The score of a configuration on an example; empty if there is none. */
  public OptionalDouble score(Configuration configuration, int example) {
    Row row = rows.get(configuration);
    return row == null || !row.has(example)
        ? OptionalDouble.empty()
        : OptionalDouble.of(row.scores[example]);
  }

  /**
   * A copy of all scores of a configuration, by example, left out ones included; NaN where there is
   * none.
   */
  public double[] scores(Configuration configuration) {
    Row row = rows.get(configuration);
    return row == null ? Row.noScores(problem.exampleCount()) : row.scores.clone();
  }

  /** The mean score of a configuration; empty if it has none. */
  public OptionalDouble mean(Configuration configuration) {
    Row row = rows.get(configuration);
    return row == null || row.count == 0 ? OptionalDouble.empty() : OptionalDouble.of(row.mean);
  }

  /** The number of examples that a configuration has a score on. */
  public int count(Configuration configuration) {
    Row row = rows.get(configuration);
    return row == null ? 0 : row.count;
  }

  /** Whether a configuration has a score on every example that counts. */
  public boolean isComplete(Configuration configuration) {
    Row row = rows.get(configuration);
    return row != null && row.full;
  }

  /** The examples that count, in order; all of the validation set at first. */
  public List<Integer> examples() {
    return examples;
  }

  /**
   * Leaves the examples out on which a configuration has no score, usually the baseline: they count
   * for no configuration any more. Does nothing if it has no score at all.
   *
   * @return the number of examples that were left out
   */
  public int leaveOutUnscored(Configuration configuration) {
    Row row = rows.get(configuration);
    List<Integer> scored = row == null ? List.of() : examples.stream().filter(row::has).toList();
    int left = scored.isEmpty() ? 0 : examples.size() - scored.size();
    if (left > 0) {
      examples = scored;
      rows.values().forEach(each -> each.sumUp(examples));
    }
    return left;
  }

  /** What is known of a configuration; empty if it has no score. */
  public Optional<ConfigurationSummary> summary(Configuration configuration) {
    return Optional.ofNullable(rows.get(configuration))
        .filter(row -> row.count > 0)
        .map(Row::summary);
  }

  /** All configurations with a score, best first: complete ones before others. */
  public List<ConfigurationSummary> summaries() {
    return rows.values().stream()
        .filter(row -> row.count > 0)
        .sorted(Comparator.comparing((Row row) -> !row.full).thenComparing(BEST_FIRST))
        .map(Row::summary)
        .toList();
  }

  /** The configurations that were evaluated, with or without a score, oldest first. */
  public List<Configuration> configurations() {
    return List.copyOf(rows.keySet());
  }

  /** The best of the complete configurations; empty if there is none. */
  public Optional<ConfigurationSummary> best() {
    return rows.values().stream().filter(row -> row.full).min(BEST_FIRST).map(Row::summary);
  }

  /** The statistics of an example over the configurations that have a score on it. */
  public DoubleSummaryStatistics exampleStatistics(int example) {
    return rows.values().stream()
        .filter(row -> row.has(example))
        .mapToDouble(row -> row.scores[example])
        .summaryStatistics();
  }

  /** The scores of one configuration. */
  private static final class Row {
    private final Configuration configuration;
    private final boolean baseline;
    private final double promptSize;
    private final int age;
    private final double[] scores;
    private double mean = Double.NaN;
    private int count;
    private boolean full;

    Row(Configuration configuration, SearchProblem problem, int age) {
      this.configuration = configuration;
      this.baseline = configuration.equals(problem.baseline());
      this.promptSize = problem.promptSize(configuration);
      this.age = age;
      scores = noScores(problem.exampleCount());
    }

    static double[] noScores(int exampleCount) {
      double[] scores = new double[exampleCount];
      Arrays.fill(scores, Double.NaN);
      return scores;
    }

    void put(EvaluationScores added, List<Integer> counting) {
      List<Integer> asked = added.request().examples();
      IntStream.range(0, asked.size())
          .forEach(i -> added.scores().get(i).ifPresent(score -> scores[asked.get(i)] = score));
      sumUp(counting);
    }

    void sumUp(List<Integer> counting) {
      double sum = 0;
      count = 0;
      for (int example : counting) {
        if (has(example)) {
          sum += scores[example];
          count++;
        }
      }
      mean = Math.rint(sum / count * ROUNDING) / ROUNDING;
      full = count == counting.size();
    }

    boolean has(int example) {
      return !Double.isNaN(scores[example]);
    }

    ConfigurationSummary summary() {
      return new ConfigurationSummary(configuration, mean, count, full);
    }
  }
}
