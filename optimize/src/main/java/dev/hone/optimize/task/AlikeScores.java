package dev.hone.optimize.task;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

/** Candidates that all scored the same on every example: there was nothing to choose by. */
public final class AlikeScores {
  private AlikeScores() {}

  /**
   * The note on them; none if there was something to choose by, or nothing to compare.
   *
   * @param candidates what they are called, in the plural
   * @param count the number of candidates with a score
   * @param byExample the scores of each example over the candidates that have one
   */
  public static Optional<String> note(
      String candidates, int count, List<DoubleSummaryStatistics> byExample) {
    List<DoubleSummaryStatistics> scored =
        byExample.stream().filter(scores -> scores.getCount() > 0).toList();
    boolean compared = scored.stream().anyMatch(scores -> scores.getCount() > 1);
    if (count < 2 || !compared || scored.stream().anyMatch(s -> s.getMin() != s.getMax())) {
      return Optional.empty();
    }
    double one = scored.get(0).getMin();
    boolean constant = scored.stream().allMatch(scores -> scores.getMin() == one);
    return Optional.of(
        "All %d %s scored alike on every example%s, so there was nothing to choose by. Maybe use a metric that sees more, or harder examples."
            .formatted(count, candidates, constant ? " (each score is " + one + ")" : ""));
  }
}
