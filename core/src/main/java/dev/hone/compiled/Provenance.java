package dev.hone.compiled;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a compiled program's state comes from. Never holds a credential.
 *
 * @param optimizer the optimizer's name, such as {@code MiproV2}
 * @param settings the optimizer's settings, all of them
 * @param seed the seed of the run
 * @param scores the scores that were measured, in order
 * @param dataFingerprints the fingerprints of the datasets, by role ({@code trainset}, {@code
 *     valset})
 * @param modelIds the models that took part, by role ({@code task}, {@code prompt}, {@code
 *     teacher})
 */
public record Provenance(
    String optimizer,
    ObjectNode settings,
    long seed,
    List<MeasuredScore> scores,
    Map<String, String> dataFingerprints,
    Map<String, String> modelIds) {
  /** Copies the lists and maps, maps sorted by key. */
  public Provenance {
    scores = List.copyOf(scores);
    dataFingerprints = Collections.unmodifiableMap(new TreeMap<>(dataFingerprints));
    modelIds = Collections.unmodifiableMap(new TreeMap<>(modelIds));
  }

  /** That of a state which no optimizer made: optimizer {@code none}, and nothing else. */
  public static Provenance none() {
    return new Provenance("none", Json.object(), 0, List.of(), Map.of(), Map.of());
  }

  /**
   * A score that was measured on the way.
   *
   * @param name what was measured on what, such as {@code baseline on valset}
   * @param mean the mean score
   * @param lower the lower end of its 95 % confidence interval
   * @param upper the upper end of its 95 % confidence interval
   * @param examples the number of examples it was measured on
   */
  public record MeasuredScore(String name, double mean, double lower, double upper, int examples) {
    /** Checks that the numbers are finite. */
    public MeasuredScore {
      if (!Double.isFinite(mean) || !Double.isFinite(lower) || !Double.isFinite(upper)) {
        throw InvalidInputException.of(
            "The score \"%s\" (%s, from %s to %s) is not finite"
                .formatted(name, rounded(mean), rounded(lower), rounded(upper)),
            "check the metric for a division by zero");
      }
    }

    private static String rounded(double value) {
      return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "" + value;
    }
  }
}
