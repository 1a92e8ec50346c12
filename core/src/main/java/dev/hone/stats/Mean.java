package dev.hone.stats;

import dev.hone.InvalidInputException;
import java.util.Arrays;

/** The mean of numbers, which is finite where they are: also where their sum is not. */
public final class Mean {
  private Mean() {}

  /**
   * The mean.
   *
   * @param values at least one
   * @throws InvalidInputException if there are none
   */
  public static double of(double[] values) {
    double mean =
        Arrays.stream(values)
            .average()
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "There are no numbers to take the mean of",
                        "check that the dataset is not empty"));
    return Double.isFinite(mean) ? mean : ofHuge(values);
  }

  /** Each is divided before it is added; what is not finite in itself stays so. */
  private static double ofHuge(double[] values) {
    double mean = Arrays.stream(values).map(value -> value / values.length).sum();
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    return Math.max(least, Math.min(most, mean));
  }
}
