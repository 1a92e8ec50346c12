package dev.hone.evaluate;

import dev.hone.HoneException;
import dev.hone.lm.LmException;
import dev.hone.metric.Score;
import dev.hone.text.Redaction;

/**
 * What became of one example. Only Hone makes outcomes. Immutable.
 *
 * @param <O> the type of the output
 */
public abstract class Outcome<O> {
  Outcome() {}

  /** Returns what the visitor returns for this kind of outcome. */
  public abstract <R> R accept(Visitor<O, R> visitor);

  /**
   * Distinguishes the kinds of outcomes. Further kinds go to {@link #otherwise} until they are
   * overridden.
   *
   * @param <O> the type of the output
   * @param <R> what it gives
   */
  public interface Visitor<O, R> {
    /** Any kind that is not overridden. */
    R otherwise(Outcome<O> outcome);

    /** There is a score. */
    default R visit(Scored<O> outcome) {
      return otherwise(outcome);
    }

    /** The program failed. */
    default R visit(ProgramFailed<O> outcome) {
      return otherwise(outcome);
    }

    /** The metric failed. */
    default R visit(MetricFailed<O> outcome) {
      return otherwise(outcome);
    }

    /** The model was not available. */
    default R visit(LmUnavailable<O> outcome) {
      return otherwise(outcome);
    }
  }

  /**
   * The program returned and the metric scored it.
   *
   * @param <O> the type of the output
   */
  public static final class Scored<O> extends Outcome<O> {
    private final O output;
    private final Score score;

    Scored(O output, Score score) {
      this.output = output;
      this.score = score;
    }

    /** What the program returned. */
    public O output() {
      return output;
    }

    /** What the metric gave. */
    public Score score() {
      return score;
    }

    @Override
    public <R> R accept(Visitor<O, R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return "Scored[" + output + ", " + score + "]";
    }
  }

  /**
   * The program threw, or no reply could be read. Counts as the failure score.
   *
   * @param <O> the type of the output
   */
  public static final class ProgramFailed<O> extends Outcome<O> {
    private final RuntimeException error;

    ProgramFailed(RuntimeException error) {
      this.error = error;
    }

    /** What it threw; what is no runtime exception is its cause. */
    public RuntimeException error() {
      return error;
    }

    /** What it threw, in a sentence; holds nothing that looks like a credential. */
    public String problem() {
      return Redaction.of(
          error instanceof HoneException ? String.valueOf(error.getMessage()) : error.toString());
    }

    @Override
    public <R> R accept(Visitor<O, R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return "ProgramFailed[" + problem() + "]";
    }
  }

  /**
   * The metric threw anything, returned null or gave no finite number. Does not count in the score.
   *
   * @param <O> the type of the output
   */
  public static final class MetricFailed<O> extends Outcome<O> {
    private final O output;
    private final RuntimeException error;

    MetricFailed(O output, RuntimeException error) {
      this.output = output;
      this.error = error;
    }

    /** What the program returned. */
    public O output() {
      return output;
    }

    /**
     * What the metric threw, or what is wrong with what it returned; what is no runtime exception
     * is its cause.
     */
    public RuntimeException error() {
      return error;
    }

    /**
     * The error and what may be done, in a sentence or two; Hone's own errors hold both. Holds
     * nothing that looks like a credential, unlike the error itself.
     */
    public String problem() {
      return Redaction.of(
          error instanceof HoneException
              ? String.valueOf(error.getMessage())
              : error + ". Maybe the metric expects another type, or a value that is missing.");
    }

    @Override
    public <R> R accept(Visitor<O, R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return "MetricFailed[" + output + ", " + problem() + "]";
    }
  }

  /**
   * There was no reply, after all retries. Does not count in the score.
   *
   * @param <O> the type of the output
   */
  public static final class LmUnavailable<O> extends Outcome<O> {
    private final LmException error;

    LmUnavailable(LmException error) {
      this.error = error;
    }

    /** Why there is no reply. */
    public LmException error() {
      return error;
    }

    @Override
    public <R> R accept(Visitor<O, R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return "LmUnavailable[" + error.getMessage() + "]";
    }
  }
}
