package dev.hone.optimize.run;

import dev.hone.evaluate.ExampleResult;
import dev.hone.lm.LmUsage;
import dev.hone.program.Attempt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The prompt tokens of the runs of candidates, as the model reported them, attempts that could not
 * be read included; of outcomes and replies that were reused, those of the first time, so that
 * which of two trials at once paid for a prompt that they share makes no difference. Not
 * thread-safe.
 */
public final class PromptTokens {
  private final Map<Object, Sum> sums = new HashMap<>();

  /** No runs. */
  public PromptTokens() {}

  private static final class Sum {
    private LmUsage usage = LmUsage.NONE;
    private long runs;
  }

  /** Takes runs of a candidate; those that ended without a step of a predictor do not count. */
  public void take(Object candidate, List<? extends ExampleResult<?, ?>> results) {
    Sum sum = sums.computeIfAbsent(candidate, key -> new Sum());
    for (ExampleResult<?, ?> result : results) {
      if (!result.steps().isEmpty()) {
        sum.runs++;
        result.steps().stream()
            .flatMap(step -> step.attempts().stream())
            .map(Attempt::paidUsage)
            .forEach(usage -> sum.usage = sum.usage.plus(usage));
      }
    }
  }

  /** The prompt tokens of a run of a candidate, in the mean; empty if they are not known. */
  public OptionalDouble mean(Object candidate) {
    Sum sum = sums.get(candidate);
    return sum == null || sum.runs == 0 || !sum.usage.known() || sum.usage.promptTokens() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum.usage.promptTokens() / (double) sum.runs);
  }
}
