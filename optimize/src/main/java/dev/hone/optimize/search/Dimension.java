package dev.hone.optimize.search;

import dev.hone.InvalidInputException;
import java.util.Locale;

/**
 * One thing to choose: the instructions, the demo set or the tool descriptions of one predictor.
 *
 * @param predictor the predictor's name
 * @param part what of it is chosen
 * @param choices how many candidates there are, at least 1
 */
public record Dimension(String predictor, Part part, int choices) {
  /** The part of a predictor that is chosen. */
  public enum Part {
    /** Its instructions. */
    INSTRUCTIONS,
    /** Its demo set. */
    DEMOS,
    /** What is said of its tools. */
    TOOLS
  }

  /** Checks the number of candidates. */
  public Dimension {
    if (choices < 1) {
      throw InvalidInputException.of(
          "The dimension %s of %s has no candidates".formatted(part, predictor), "leave it out");
    }
  }

  /** Its name: that of the predictor and of the part, such as {@code classify.instructions}. */
  public String name() {
    return predictor + "." + part.name().toLowerCase(Locale.ROOT);
  }
}
