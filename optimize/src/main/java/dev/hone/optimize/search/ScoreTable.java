package dev.hone.optimize.search;

import dev.hone.stats.ObservationTally;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a run, by configuration and example, and who is best by them. Of two scores of one
 * pair the later counts; a missing score leaves an earlier one in place. Not thread-safe.
 *
 * <p>Where the problem has an {@linkplain SearchProblem#objective() objective} over sets, the mean
 * of a configuration is the value of its set, and {@link #modelScores} are numbers per example
 * whose mean is that value ({@link PseudoScores}); both change as examples come in, those of
 * incomplete configurations also with what others show.
 *
 * <p>Means are over the distinct examples that count, see {@link #leaveOutUnscored}, and are
 * rounded to twelve decimals, so that sums of the same scores in another order are equal. Of equal
 * means the baseline is best, then the configuration with the smaller prompt, then the one that was
 * evaluated earlier.
 *
 * <p>Memory: 8 bytes per pair of an evaluated configuration and an example of the validation set;
 * 24 under an objective.
 */
public final class ScoreTable {
  private static final Comparator<ScoreRow> BEST_FIRST =
      Comparator.comparingDouble((ScoreRow row) -> -row.mean())
          .thenComparing(row -> !row.baseline())
          .thenComparingDouble(ScoreRow::tokensPerRun)
          .thenComparingInt(ScoreRow::age);

  private final SearchProblem problem;
  private final Map<Configuration, ScoreRow> rows = new LinkedHashMap<>();
  private final @Nullable PseudoScores pseudoScores;
  private List<Integer> examples;
  private boolean stale;

  /** A table without scores. */
  public ScoreTable(SearchProblem problem) {
    this.problem = problem;
    pseudoScores = problem.objective().map(PseudoScores::new).orElse(null);
    examples = problem.examples();
  }

  /** Takes the scores of an evaluation. */
  public void put(EvaluationScores scores) {
    Configuration configuration = scores.request().configuration();
    rows.computeIfAbsent(configuration, added -> new ScoreRow(added, problem, rows.size()))
        .put(scores, examples);
    stale = true;
  }

  /** The rows; under an objective, with the values of their sets as of all that was put. */
  private Collection<ScoreRow> rows() {
    PseudoScores pseudo = pseudoScores;
    if (stale && pseudo != null) {
      stale = false;
      pseudo.update(rows.values(), examples);
    }
    return rows.values();
  }

  private @Nullable ScoreRow row(Configuration configuration) {
    rows();
    return rows.get(configuration);
  }

  /** Whether there is no score yet. */
  public boolean isEmpty() {
    return rows.values().stream().noneMatch(ScoreRow::any);
  }

  /** The score of a configuration on an example; empty if there is none. */
  public OptionalDouble score(Configuration configuration, int example) {
    ScoreRow row = rows.get(configuration);
    return row == null || !row.has(example)
        ? OptionalDouble.empty()
        : OptionalDouble.of(row.score(example));
  }

  /** The examples that a configuration has a score on, by index, left out ones included. */
  public List<Integer> known(Configuration configuration) {
    double[] all = scores(configuration);
    return IntStream.range(0, all.length).filter(i -> !Double.isNaN(all[i])).boxed().toList();
  }

  /**
   * A copy of all scores of a configuration, by example, left out ones included; NaN where there is
   * none.
   */
  public double[] scores(Configuration configuration) {
    ScoreRow row = rows.get(configuration);
    return row == null ? ScoreRow.noScores(problem.exampleCount()) : row.scores();
  }

  /**
   * As {@link #scores}, in the form in which a model of means may take them: the scores themselves,
   * and under an objective over sets the pseudo-scores whose mean is {@link #mean}, NaN for left
   * out examples.
   */
  public double[] modelScores(Configuration configuration) {
    ScoreRow row = row(configuration);
    return row == null ? ScoreRow.noScores(problem.exampleCount()) : row.modelScores();
  }

  /**
   * What counts of a configuration's examples under an objective over sets, of those that have a
   * score; empty under none.
   *
   * @param which the examples to take, by index
   */
  public ObservationTally observations(Configuration configuration, IntPredicate which) {
    ScoreRow row = rows.get(configuration);
    return row == null
        ? ObservationTally.of(List.of())
        : row.tally(problem.examples().stream().filter(which::test).toList());
  }

  /** The mean score of a configuration, or the value of its set; empty if it has no score. */
  public OptionalDouble mean(Configuration configuration) {
    ScoreRow row = row(configuration);
    return row == null || row.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(row.mean());
  }

  /** The number of examples that a configuration has a score on. */
  public int count(Configuration configuration) {
    ScoreRow row = rows.get(configuration);
    return row == null ? 0 : row.count();
  }

  /** Whether a configuration has a score on every example that counts. */
  public boolean isComplete(Configuration configuration) {
    ScoreRow row = rows.get(configuration);
    return row != null && row.full();
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
    ScoreRow row = rows.get(configuration);
    List<Integer> scored = row == null ? List.of() : examples.stream().filter(row::has).toList();
    int left = scored.isEmpty() ? 0 : examples.size() - scored.size();
    if (left > 0) {
      examples = scored;
      rows.values().forEach(each -> each.sumUp(examples));
      stale = true;
    }
    return left;
  }

  /** What is known of a configuration; empty if it has no score. */
  public Optional<ConfigurationSummary> summary(Configuration configuration) {
    return Optional.ofNullable(row(configuration))
        .filter(row -> row.count() > 0)
        .map(ScoreRow::summary);
  }

  /** All configurations with a score, best first: complete ones before others. */
  public List<ConfigurationSummary> summaries() {
    return rows().stream()
        .filter(row -> row.count() > 0)
        .sorted(Comparator.comparing((ScoreRow row) -> !row.full()).thenComparing(BEST_FIRST))
        .map(ScoreRow::summary)
        .toList();
  }

  /** The configurations that were evaluated, with or without a score, oldest first. */
  public List<Configuration> configurations() {
    return List.copyOf(rows.keySet());
  }

  /** The best of the complete configurations; empty if there is none. */
  public Optional<ConfigurationSummary> best() {
    return rows().stream().filter(ScoreRow::full).min(BEST_FIRST).map(ScoreRow::summary);
  }

  /** The statistics of an example over the configurations that have a score on it. */
  public DoubleSummaryStatistics exampleStatistics(int example) {
    return rows.values().stream()
        .filter(row -> row.has(example))
        .mapToDouble(row -> row.score(example))
        .summaryStatistics();
  }
}
