package dev.hone.evaluate;

import dev.hone.SettingCheck;
import dev.hone.context.Spend;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.JudgeSpread;
import dev.hone.metric.Metric;
import dev.hone.stats.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A program's results on examples. Immutable.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the outputs
 */
public final class Evaluation<I, O> {
  private static final int TABLE_ROWS = 20;

  private final List<ExampleResult<I, O>> results;
  private final double failureScore;
  private final ScoreSummary<I, O> summary;

  private Evaluation(
      List<ExampleResult<I, O>> results,
      double failureScore,
      @Nullable CorpusMetric<I, O> corpusMetric) {
    this.results = List.copyOf(results);
    this.failureScore = failureScore;
    this.summary = new ScoreSummary<>(this.results, failureScore, corpusMetric);
  }

  /**
   * An evaluation of results that are known.
   *
   * @param results a result per example, in the order of the examples; at least one
   * @param failureScore what an example counts whose program failed
   */
  public static <I, O> Evaluation<I, O> of(List<ExampleResult<I, O>> results, double failureScore) {
    return new Evaluation<>(results, failureScore, null);
  }

  /** As the other one, by a metric: if it is one of sets, the score is the value of the set. */
  public static <I, O> Evaluation<I, O> of(
      List<ExampleResult<I, O>> results, double failureScore, Metric<I, O> metric) {
    return new Evaluation<>(
        results, failureScore, metric instanceof CorpusMetric<I, O> corpus ? corpus : null);
  }

  /**
   * Examples that failed with exceptions of one class.
   *
   * @param count the number of examples
   * @param first the first of them
   * @param <I> the type of the input
   * @param <O> the type of the output
   */
  public record ErrorGroup<I, O>(int count, ExampleResult<I, O> first) {}

  /** A result per example, in the order of the examples; never empty. */
  public List<ExampleResult<I, O>> results() {
    return results;
  }

  /** The score of an example whose program failed. */
  public double failureScore() {
    return failureScore;
  }

  /** Whether any example has a score. What an {@link Evaluator} returns always has one. */
  public boolean hasScore() {
    return summary.hasScore();
  }

  /**
   * Checks that some example has a score.
   *
   * @return this evaluation
   * @throws EvaluationFailedException if there is none
   */
  public Evaluation<I, O> requireScore() {
    if (!hasScore()) {
      throw EvaluationFailedException.of(results);
    }
    return this;
  }

  /** Checks that the metric did not fail on every output that it was given. */
  Evaluation<I, O> requireMetric() {
    int failed = (int) count(Outcome.MetricFailed.class);
    if (failed > 0 && count(Outcome.Scored.class) == 0) {
      throw EvaluationFailedException.metricFailed(failed, results.size(), firstMetricFailure());
    }
    return this;
  }

  private Outcome.MetricFailed<?> firstMetricFailure() {
    return results.stream()
        .map(ExampleResult::outcome)
        .filter(Outcome.MetricFailed.class::isInstance)
        .map(Outcome.MetricFailed.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /**
   * The score, as the metric gives it (not in percent): the mean over the examples that have one,
   * or the value of their set if the metric is a {@link CorpusMetric}.
   *
   * @throws EvaluationFailedException if there is none
   */
  public double score() {
    requireScore();
    return summary.score();
  }

  /**
   * The 95 % confidence interval of the score; by bootstrap if the metric is a {@link
   * CorpusMetric}.
   *
   * @throws EvaluationFailedException if there is no score
   */
  public Interval interval() {
    requireScore();
    return summary.interval();
  }

  /** What the score is: {@code mean}, or the name of the {@link CorpusMetric}. */
  public String scoreName() {
    return summary.name();
  }

  /** The metric, if it is one of sets. */
  public Optional<CorpusMetric<I, O>> corpusMetric() {
    return summary.corpusMetric();
  }

  /**
   * What counts of each example for a {@link CorpusMetric}, in order, empty where the example has
   * no score; an empty list under any other metric.
   */
  public List<Optional<Object>> observations() {
    return summary.observations();
  }

  /**
   * A score per example, in order: the metric's score, the failure score where the program failed,
   * and none where the metric failed or the model could not be reached. Of a {@link CorpusMetric},
   * its acceptance.
   */
  public List<OptionalDouble> scores() {
    return summary.scores();
  }

  /**
   * The mean of each part of the scores, such as those of fields, by name; empty if the metric
   * gives no parts. An example whose program failed counts the failure score in each.
   */
  public Map<String, Double> scoreByPart() {
    return summary.scoreByPart();
  }

  /**
   * The number of examples with an outcome of a kind, such as {@code Outcome.LmUnavailable.class}.
   */
  public long count(Class<?> kind) {
    return results.stream().filter(result -> kind.isInstance(result.outcome())).count();
  }

  /**
   * What a reader of the score should know, in sentences; empty for nothing. A server that seems to
   * have read only a part of the prompts (more than 12 characters for each prompt token that it
   * reports), replies that were cut off or held only thoughts, many replies that could not be read
   * at first, scores that are all the same, no output at all, a value of a set that is undefined.
   */
  public List<String> notes() {
    return EvaluationNotes.of(this, summary.notes());
  }

  /** Those of the {@link #notes} that speak of prompts and replies, not of the scores. */
  public List<String> callNotes() {
    return EvaluationNotes.ofCalls(this);
  }

  /** What the evaluation cost; outcomes that were known before cost nothing. */
  public Spend spend() {
    return results.stream().map(ExampleResult::spend).reduce(Spend.NONE, Spend::plus);
  }

  /** What of that the metric's calls cost, those of a judge. */
  public Spend judgeSpend() {
    return results.stream().map(ExampleResult::judgeSpend).reduce(Spend.NONE, Spend::plus);
  }

  /**
   * The number of examples without a score because a judge in the metric failed: it has no reply,
   * or none that can be read, or the metric failed after it had called a model.
   */
  public long judgeFailures() {
    return results.stream().filter(FailureKind::isJudges).count();
  }

  /** How far the verdicts differ, where a judge was asked several times; else empty. */
  public Optional<JudgeSpread> judgeSpread() {
    List<JudgeSpread> spreads = results.stream().flatMap(ExampleResult::spread).toList();
    return spreads.isEmpty()
        ? Optional.empty()
        : Optional.of(JudgeSpread.ofMean(spreads, summary.count()));
  }

  /**
   * The results with the lowest scores, lowest first, equal ones in the order of the examples;
   * those without a score are left out.
   *
   * @param most the most of them, at least 0
   */
  public List<ExampleResult<I, O>> worst(int most) {
    return worstPositions(most, score -> true).stream().map(results::get).toList();
  }

  List<Integer> worstPositions(int most, Predicate<Double> scores) {
    SettingCheck.atLeast("the number of results", most, 0);
    List<OptionalDouble> all = scores();
    return IntStream.range(0, all.size())
        .boxed()
        .filter(i -> all.get(i).isPresent() && scores.test(all.get(i).getAsDouble()))
        .sorted(Comparator.comparingDouble(i -> all.get(i).getAsDouble()))
        .limit(most)
        .toList();
  }

  /**
   * The examples on which the program, the metric or the model failed, by the simple name of the
   * exception's class, the most frequent first.
   */
  public Map<String, ErrorGroup<I, O>> errorsByClass() {
    return FailureKind.groups(results);
  }

  /**
   * Compares this evaluation with another one of the same examples, pair by pair: the difference is
   * positive where this one is better. Examples without a score in one of them are left out. Under
   * a {@link CorpusMetric} the difference is that of the two sets' values, by paired bootstrap. Of
   * scores by a judge, {@code JudgeComparison} of the room judge shows whether the gain may be
   * length.
   *
   * @throws dev.hone.InvalidInputException as {@link PairedComparison#of(Evaluation, Evaluation)}
   */
  public PairedComparison compareWith(Evaluation<I, O> baseline) {
    return PairedComparison.of(baseline, this);
  }

  /** A table for people, of the first 20 examples; see the other one. */
  public String table() {
    return table(TABLE_ROWS);
  }

  /**
   * A table for people: a line per example with the beginnings of its input, label and output, its
   * score and the parts of that; then the score and the parts of all, and the {@link #notes}.
   *
   * @param mostRows the most examples that are shown, the first ones; at least 0
   */
  public String table(int mostRows) {
    SettingCheck.atLeast("mostRows", mostRows, 0);
    int shown = Math.min(mostRows, results.size());
    StringBuilder table =
        new StringBuilder(new EvaluationTable(this).of(IntStream.range(0, shown).boxed().toList()));
    if (shown < results.size()) {
      table.append("\n(%d of %d examples are shown)".formatted(shown, results.size()));
    }
    notes().forEach(note -> table.append("\nnote: ").append(note));
    return table.toString();
  }

  /**
   * One screen for people: the score with its interval, the parts, what failed by its class, the
   * {@link #notes}, and the worst of the examples below the mean.
   */
  @Override
  public String toString() {
    return EvaluationText.of(this);
  }
}
