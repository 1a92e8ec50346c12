package dev.hone.evaluate;

import dev.hone.HoneException;
import dev.hone.lm.LmException;
import dev.hone.metric.Score;
import dev.hone.text.Redaction;

/**
 * What became of one example.
 *
 * @param <O> the type of the output
 */
public sealed interface Outcome<O> {
  /**
   * The program returned and the metric scored it.
   *
   * @param output what the program returned
   * @param score what the metric said
   * @param <O> the type of the output
   */
  record Scored<O>(O output, Score score) implements Outcome<O> {}

  /**
   * The program threw, or no reply could be read. Counts as the failure score.
   *
   * @param error what it threw
   * @param <O> the type of the output
   */
  record ProgramFailed<O>(RuntimeException error) implements Outcome<O> {
    /** What it threw, in a sentence; holds nothing that looks like a credential. */
    public String problem() {
      return Redaction.of(
          error instanceof HoneException ? String.valueOf(error.getMessage()) : error.toString());
    }
  }

  /**
   * The metric threw, returned null or gave no finite number. Does not count in the score.
   *
   * @param output what the program returned
   * @param error what the metric threw, or what is wrong with what it returned
   * @param <O> the type of the output
   */
  record MetricFailed<O>(O output, RuntimeException error) implements Outcome<O> {
    /**
     * The error and what may be done, in a sentence or two; Hone's own errors say it themselves.
     * Holds nothing that looks like a credential, unlike the error itself.
     */
    public String problem() {
      return Redaction.of(
          error instanceof HoneException
              ? String.valueOf(error.getMessage())
              : error + ". Maybe the metric expects another type, or a value that is missing.");
    }
  }

  /**
   * No reply could be had, after all retries. Does not count in the score.
   *
   * @param error why
   * @param <O> the type of the output
   */
  record LmUnavailable<O>(LmException error) implements Outcome<O> {}
}
