package dev.hone.evaluate.repeat;

import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LmOptions;
import dev.hone.program.Program;
import dev.hone.stats.Interval;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A program, measured several times on the same examples: how much of its score is the model's
 * mood. Immutable.
 *
 * <p>Every repetition has a rollout id of its own, so that no cache gives an answer twice; a model
 * at temperature 0 gives equal answers all the same. A judge in the metric is asked anew, too, so
 * the spread is that of both; that of the judge alone is {@link Evaluation#judgeSpread}.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class RepeatedEvaluation<I, O> {
  private static final double LEVEL = 0.95;

  private final List<Evaluation<I, O>> evaluations;

  private RepeatedEvaluation(List<Evaluation<I, O>> evaluations) {
    this.evaluations = List.copyOf(evaluations);
  }

  /**
   * Measures, in the current context. Cost: as many evaluations as times.
   *
   * @param times at least 2
   * @throws dev.hone.InvalidInputException if they are fewer
   */
  public static <I, O> RepeatedEvaluation<I, O> of(
      Evaluator<I, O> evaluator, Program<I, O> program, int times) {
    SettingCheck.atLeast("times", times, 2);
    List<Evaluation<I, O>> evaluations = new ArrayList<>();
    for (int rollout = 1; rollout <= times; rollout++) {
      LmOptions draw = LmOptions.defaults().withRolloutId(rollout);
      evaluations.add(Context.current().withDraw(draw).call(() -> evaluator.evaluate(program)));
    }
    return new RepeatedEvaluation<>(evaluations);
  }

  /** The evaluations, in order. */
  public List<Evaluation<I, O>> evaluations() {
    return evaluations;
  }

  /** The mean of the repetitions' scores. */
  public double score() {
    return scores().average().orElseThrow();
  }

  /**
   * The standard deviation of the score from one repetition to the next: what a single evaluation
   * may be off by on these very examples.
   */
  public double spread() {
    double mean = score();
    double squares = scores().map(score -> (score - mean) * (score - mean)).sum();
    return Math.sqrt(squares / (evaluations.size() - 1));
  }

  private DoubleStream scores() {
    return evaluations.stream().mapToDouble(Evaluation::score);
  }

  /**
   * The 95 % confidence interval of the mean score on new examples: examples and repetitions
   * together, by each example's mean over the repetitions that gave it a score. For the mean of
   * scores; that of a metric of sets is in each {@link Evaluation}.
   */
  public Interval interval() {
    double[] means =
        byExample().stream()
            .filter(example -> example.getCount() > 0)
            .mapToDouble(DoubleSummaryStatistics::getAverage)
            .toArray();
    return Interval.ofMean(means, LEVEL);
  }

  /** The number of examples whose score was not the same each time. */
  public int unsteadyExamples() {
    return (int) byExample().stream().filter(each -> each.getMax() > each.getMin()).count();
  }

  private List<DoubleSummaryStatistics> byExample() {
    List<List<OptionalDouble>> all = evaluations.stream().map(Evaluation::scores).toList();
    return IntStream.range(0, all.get(0).size())
        .mapToObj(i -> all.stream().flatMapToDouble(one -> one.get(i).stream()))
        .map(scores -> scores.summaryStatistics())
        .toList();
  }

  /**
   * One line, such as {@code 0.712 [0.640, 0.784] over 5 repetitions, which vary by 0.013; 9 of 75
   * examples change}.
   */
  @Override
  public String toString() {
    Interval interval = interval();
    return String.format(
        Locale.ROOT,
        "%.3f [%.3f, %.3f] over %d repetitions, which vary by %.3f; %d of %d examples change",
        score(),
        interval.lower(),
        interval.upper(),
        evaluations.size(),
        spread(),
        unsteadyExamples(),
        evaluations.get(0).results().size());
  }
}
