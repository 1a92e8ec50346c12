package dev.hone.judge;

import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import dev.hone.stats.Estimate;
import dev.hone.stats.Interval;
import java.util.Locale;

/**
 * By how much a program scores higher on the examples that it was made of than on others. A program
 * whose gap is beyond accident is overfitted: what its score on its own examples promises does not
 * hold elsewhere. Some gap is usual, since those examples may stand in its prompt; what counts is
 * the score on the others. Immutable.
 *
 * <p>Source: the interval is Newcombe's for independent shares (1998, method 10), extended to other
 * means as Zou and Donner do (2008): each end is as far from the difference as the ends of both
 * intervals are from their means, added as independent errors are. Differs from it: each mean has
 * the interval of {@link Evaluation#interval}.
 */
public final class GeneralizationGap {
  private final Estimate seen;
  private final Estimate unseen;
  private final int examplesSeen;
  private final int examplesUnseen;

  private GeneralizationGap(Evaluation<?, ?> seen, Evaluation<?, ?> unseen) {
    this.seen = new Estimate(seen.score(), seen.interval());
    this.unseen = new Estimate(unseen.score(), unseen.interval());
    this.examplesSeen = seen.results().size();
    this.examplesUnseen = unseen.results().size();
  }

  /**
   * The gap between two evaluations of one program. Calls no model.
   *
   * @param seen on the examples that it was made of
   * @param unseen on others
   * @throws dev.hone.evaluate.EvaluationFailedException if one has no score
   */
  public static GeneralizationGap of(Evaluation<?, ?> seen, Evaluation<?, ?> unseen) {
    return new GeneralizationGap(seen, unseen);
  }

  /**
   * Evaluates a program on both, in the current context. Cost: the calls of program and metric per
   * example.
   *
   * @param seen the examples that it was made of
   * @param unseen others
   * @throws dev.hone.InvalidInputException if they have an input in common, or as {@link
   *     Evaluator#of}
   * @throws dev.hone.evaluate.EvaluationFailedException if one has no score
   */
  public static <I, O> GeneralizationGap of(
      Program<I, O> program, Metric<I, O> metric, Dataset<I, O> seen, Dataset<I, O> unseen) {
    Evaluator<I, O> others = Evaluator.of(unseen.requireDisjoint(seen), metric);
    return of(Evaluator.of(seen, metric).evaluate(program), others.evaluate(program));
  }

  /** The score on the examples that the program was made of. */
  public Estimate seen() {
    return seen;
  }

  /** The score on the others. */
  public Estimate unseen() {
    return unseen;
  }

  /** By how much the first is higher, with the 95 % interval; negative if it is lower. */
  public Estimate gap() {
    double gap = seen.value() - unseen.value();
    double below = Math.hypot(below(seen), above(unseen));
    double above = Math.hypot(above(seen), below(unseen));
    return new Estimate(gap, new Interval(gap - below, gap + above, seen.interval().level()));
  }

  private static double below(Estimate estimate) {
    return estimate.value() - estimate.interval().lower();
  }

  private static double above(Estimate estimate) {
    return estimate.interval().upper() - estimate.value();
  }

  /**
   * Whether the gap is beyond accident: its whole interval is above 0. Of programs without a gap
   * about one in forty is suspected.
   */
  public boolean overfitted() {
    return gap().interval().lower() > 0;
  }

  /** One line: both scores, the gap, and what that says. */
  @Override
  public String toString() {
    Interval interval = gap().interval();
    return String.format(
        Locale.ROOT,
        "%.3f on %d seen, %.3f on %d unseen, gap %+.3f [%+.3f, %+.3f]%s",
        seen.value(),
        examplesSeen,
        unseen.value(),
        examplesUnseen,
        gap().value(),
        interval.lower(),
        interval.upper(),
        overfitted() ? ": overfitted" : "");
  }
}
