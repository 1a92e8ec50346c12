package dev.hone.optimize.run;

import java.util.Locale;

/**
 * What one run of a program costs in tokens, before and after an optimizer. Immutable.
 *
 * @param baseline the tokens of a run of the program as it was given, in the mean
 * @param returned those of the returned program
 * @param reported whether they are prompt tokens as the model reported them, each in the mean over
 *     the examples that it was run on; otherwise prompt and labels, estimated from texts, see
 *     {@link EstimatedTokens}
 */
public record TokensPerRun(double baseline, double returned, boolean reported) {
  /** How many times what the program as given costs the returned one costs. */
  public double ratio() {
    return returned / baseline;
  }

  /** Such as {@code 212 -> 1,134 (5.3x), prompt tokens as the model reported them}. */
  @Override
  public String toString() {
    String source =
        reported ? "prompt tokens as the model reported them" : "estimated from the texts";
    return baseline > 0
        ? String.format(
            Locale.ROOT, "%,.0f -> %,.0f (%.1fx), %s", baseline, returned, ratio(), source)
        : String.format(Locale.ROOT, "%,.0f -> %,.0f, %s", baseline, returned, source);
  }
}
