package dev.hone.optimize.bootstrap;

import java.util.List;

/**
 * Training examples that a program gets wrong, beside some that it gets right. An example whose
 * program failed is in neither: there is no answer to learn from.
 *
 * @param wrong those that the metric or a check did not pass, in the order of the runs
 * @param right those that passed
 */
public record ErrorContrast(List<ScoredAnswer> wrong, List<ScoredAnswer> right) {
  /** Copies the lists. */
  public ErrorContrast {
    wrong = List.copyOf(wrong);
    right = List.copyOf(right);
  }

  /** Nothing is known. */
  public static ErrorContrast none() {
    return new ErrorContrast(List.of(), List.of());
  }

  /** Whether a run that called a predictor is known to have gone wrong. */
  public boolean hasErrorsOf(String predictor) {
    return wrong.stream().anyMatch(answer -> answer.called(predictor));
  }

  /** The number of examples, in a phrase. */
  @Override
  public String toString() {
    return "%d wrong, %d right".formatted(wrong.size(), right.size());
  }
}
