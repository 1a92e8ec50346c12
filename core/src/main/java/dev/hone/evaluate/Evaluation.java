package dev.hone.evaluate;

import dev.hone.SettingCheck;
import dev.hone.context.Spend;
import dev.hone.metric.JudgeSpread;
import dev.hone.stats.Interval;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  private Evaluation(List<ExampleResult<I, O>> results, double failureScore) {
    this.results = List.copyOf(results);
    this.failureScore = failureScore;
  }

  /**
   * An evaluation of results that are known.
   *
   * @param results a result per example, in the order of the examples; at least one
   * @param failureScore what an example counts whose program failed
   */
  public static <I, O> Evaluation<I, O> of(List<ExampleResult<I, O>> results, double failureScore) {
    return new Evaluation<>(results, failureScore);
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
    return counted().length > 0;
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
   * The mean score over the examples that have one, as the metric gives it (not in percent).
   *
   * @throws EvaluationFailedException if there is none
   */
  public double score() {
    requireScore();
    return Arrays.stream(counted()).average().orElseThrow();
  }

  /**
   * The 95 % confidence interval of the mean score.
   *
   * @throws EvaluationFailedException if there is no score
   */
  public Interval interval() {
    requireScore();
    return Interval.ofMean(counted(), 0.95);
  }

  private double[] counted() {
    return present(scores().stream());
  }

  private static double[] present(Stream<OptionalDouble> scores) {
    return scores
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /**
   * A score per example, in order: the metric's score, the failure score where the program failed,
   * and none where the metric failed or the model could not be reached.
   */
  public List<OptionalDouble> scores() {
    return results.stream().map(this::score).toList();
  }

  private OptionalDouble score(ExampleResult<I, O> result) {
    return result.outcome() instanceof Outcome.ProgramFailed<O>
        ? OptionalDouble.of(failureScore)
        : result.score();
  }

  /**
   * The mean of each part of the scores, such as those of fields, by name; empty if the metric
   * gives no parts. An example whose program failed counts the failure score in each.
   */
  public Map<String, Double> scoreByPart() {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(result -> names.addAll(parts(result).keySet()));
    Map<String, Double> means = new LinkedHashMap<>();
    for (String name : names) {
      Arrays.stream(present(results.stream().map(result -> part(result, name))))
          .average()
          .ifPresent(mean -> means.put(name, mean));
    }
    return Collections.unmodifiableMap(means);
  }

  private OptionalDouble part(ExampleResult<I, O> result, String name) {
    if (result.outcome() instanceof Outcome.ProgramFailed<O>) {
      return OptionalDouble.of(failureScore);
    }
    Double value = parts(result).get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static Map<String, Double> parts(ExampleResult<?, ?> result) {
    return result.outcome() instanceof Outcome.Scored<?> scored ? scored.score().parts() : Map.of();
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
   * at first, scores that are all the same, no output at all.
   */
  public List<String> notes() {
    return EvaluationNotes.of(this);
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
        : Optional.of(JudgeSpread.ofMean(spreads, counted().length));
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
   * positive where this one is better. Examples without a score in one of them are left out. Of
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
   * score and the parts of that; then the means over all examples, and the {@link #notes}.
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
