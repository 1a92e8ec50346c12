package dev.hone.testkit;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.PairedComparison;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a program that a build can rely on: models vary, so they fail only on what is
 * statistically significant. Runs in the current context, or in one that is given.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class ProgramAssert<I, O> extends AbstractAssert<ProgramAssert<I, O>, Program<I, O>> {
  /** A chance to fail by mistake of one in twenty. */
  private static final double ONE_SIDED = 0.05;

  /** If fewer differ, chance alone makes all of them worse in more than one of twenty cases. */
  private static final int FEWEST_DIFFERENT = 5;

  private static final int SHOWN = 5;

  private @Nullable Context context;

  ProgramAssert(Program<I, O> actual) {
    super(actual, ProgramAssert.class);
  }

  /** Runs both programs in this context; default: the current one. */
  public ProgramAssert<I, O> in(Context value) {
    context = value;
    return this;
  }

  /** Compares with another program; say on what by {@link Comparison#on}. */
  public Comparison isNotWorseThan(Program<I, O> baseline) {
    isNotNull();
    return new Comparison(baseline);
  }

  /** A comparison that is not made yet. */
  public final class Comparison {
    private final Program<I, O> baseline;

    private Comparison(Program<I, O> baseline) {
      this.baseline = baseline;
    }

    /**
     * Runs both programs on the same examples, and fails if the program is worse by a paired
     * comparison at the one-sided level of 95 %. A worse score that may well be due to chance
     * passes, so use enough examples: with 50, a loss of about 15 in 100 is found. Where fewer than
     * five examples differ, or a metric of sets has fewer than ten, all passes.
     *
     * <p>Cost: the model calls of both programs per example.
     *
     * @throws AssertionError with the figures, if it is significantly worse
     */
    public ProgramAssert<I, O> on(Dataset<I, O> dataset, Metric<I, O> metric) {
      return on(Evaluator.of(dataset, metric));
    }

    /** As {@link #on(Dataset, Metric)}, with an evaluator's settings. */
    public ProgramAssert<I, O> on(Evaluator<I, O> evaluator) {
      Context running = context == null ? Context.current() : context;
      Evaluation<I, O> before = running.call(() -> evaluator.evaluate(baseline));
      Evaluation<I, O> after = running.call(() -> evaluator.evaluate(actual));
      PairedComparison comparison = PairedComparison.of(before, after);
      if (comparison.probabilityBetter() < ONE_SIDED && isEnough(comparison)) {
        throw failure("%s", message(before, after, comparison));
      }
      return ProgramAssert.this;
    }
  }

  private static boolean isEnough(PairedComparison comparison) {
    return comparison.score().equals("mean")
        ? comparison.better() + comparison.worse() >= FEWEST_DIFFERENT
        : comparison.examples() >= PairedComparison.Finding.FEWEST;
  }

  private static String message(
      Evaluation<?, ?> before, Evaluation<?, ?> after, PairedComparison comparison) {
    return String.format(
        Locale.ROOT,
        "Expected the program to be not worse than the baseline, but it is, with a probability of"
            + " %.1f %%:%n  baseline %.3f%n  program  %.3f%n  %s%n  worse on: %s",
        100 * (1 - comparison.probabilityBetter()),
        before.score(),
        after.score(),
        comparison,
        worse(before.scores(), after.scores()));
  }

  private static String worse(List<OptionalDouble> before, List<OptionalDouble> after) {
    List<String> examples = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      double first = before.get(i).orElse(Double.NaN);
      double second = after.get(i).orElse(Double.NaN);
      if (second < first) {
        examples.add(
            String.format(Locale.ROOT, "example %d (%.3f, then %.3f)", i + 1, first, second));
      }
    }
    int more = examples.size() - SHOWN;
    String shown = String.join(", ", examples.subList(0, Math.min(SHOWN, examples.size())));
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
