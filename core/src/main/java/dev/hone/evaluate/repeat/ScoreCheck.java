package dev.hone.evaluate.repeat;

import dev.hone.evaluate.Evaluation;
import dev.hone.stats.Interval;
import java.util.List;
import java.util.Locale;

/**
 * A score measured anew beside one that was recorded: does it still hold, on this model and this
 * data? Immutable.
 *
 * <p>The interval of the difference is put together of the two scores' intervals (R. G. Newcombe,
 * 1998, and G. Zou and A. Donner's MOVER, 2008), since of the recorded one no score per example is
 * kept. A recorded score is usually the best of many on the examples it was chosen by, and so is a
 * little too high.
 *
 * @param evaluation the new evaluation
 * @param recordedName what was recorded, such as {@code best on the validation set}
 * @param recorded the recorded score
 * @param difference the new score less the recorded one
 * @param interval the 95 % confidence interval of that difference
 * @param notes what is not as it was, such as another model, in sentences
 */
public record ScoreCheck(
    Evaluation<?, ?> evaluation,
    String recordedName,
    double recorded,
    double difference,
    Interval interval,
    List<String> notes) {
  /** Copies the notes. */
  public ScoreCheck {
    notes = List.copyOf(notes);
  }

  /**
   * Compares.
   *
   * @param evaluation the new evaluation, which has a score
   * @param name what was recorded
   * @param recorded the recorded score
   * @param around its 95 % confidence interval
   * @param notes what is not as it was
   */
  public static ScoreCheck of(
      Evaluation<?, ?> evaluation,
      String name,
      double recorded,
      Interval around,
      List<String> notes) {
    double now = evaluation.score();
    Interval own = evaluation.interval();
    double difference = now - recorded;
    return new ScoreCheck(
        evaluation,
        name,
        recorded,
        difference,
        new Interval(
            difference - Math.hypot(now - own.lower(), around.upper() - recorded),
            difference + Math.hypot(own.upper() - now, recorded - around.lower()),
            own.level()),
        notes);
  }

  /** Whether the new score is not shown to be lower than the recorded one. */
  public boolean holds() {
    return interval.upper() >= 0;
  }

  /** One line, and a line per note. */
  @Override
  public String toString() {
    String line =
        String.format(
            Locale.ROOT,
            "%s: %.3f now, %.3f recorded (%s); difference %+.3f [%+.3f, %+.3f]",
            holds() ? "Holds" : "Lower than recorded",
            evaluation.score(),
            recorded,
            recordedName,
            difference,
            interval.lower(),
            interval.upper());
    return notes.isEmpty() ? line : line + "\nnote: " + String.join("\nnote: ", notes);
  }
}
