package dev.hone.optimize.run;

import dev.hone.optimize.Verdict;
import dev.hone.optimize.verdict.GainCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The verdict on states that were all scored on the same examples. */
final class StateVerdict {
  private StateVerdict() {}

  /**
   * The verdict; empty if the baseline has no score.
   *
   * @param scores a score per example, if there is one, by the fingerprint of the state
   * @param baseline the fingerprint of the baseline
   * @param returned that of what is returned
   */
  static Optional<Verdict> of(
      Map<String, List<OptionalDouble>> scores, String baseline, String returned) {
    List<OptionalDouble> given = scores.get(baseline);
    if (given == null) {
      return Optional.empty();
    }
    List<double[]> candidates = new ArrayList<>();
    int chosen = -1;
    for (Map.Entry<String, List<OptionalDouble>> each : new TreeMap<>(scores).entrySet()) {
      if (!each.getKey().equals(baseline)) {
        chosen = each.getKey().equals(returned) ? candidates.size() : chosen;
        candidates.add(array(each.getValue()));
      }
    }
    GainCheck check = GainCheck.of(array(given), candidates);
    return (chosen < 0 ? check : check.returned(chosen)).verdict();
  }

  private static double[] array(List<OptionalDouble> scores) {
    return scores.stream().mapToDouble(TestsetCheck::orNaN).toArray();
  }
}
