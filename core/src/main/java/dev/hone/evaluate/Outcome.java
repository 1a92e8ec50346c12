package dev.hone.evaluate;

import dev.hone.HoneException;
import dev.hone.lm.LmException;
import dev.hone.metric.Score;
import dev.hone.row.RowFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one example. Only Hone makes outcomes. Immutable.
 *
 * @param <O> the type of the output
 */
public abstract class Outcome<O> {
  Outcome() {}

  /** Returns what the visitor returns for this kind of outcome. */
  public abstract <R> R accept(Visitor<O, R> visitor);

  /** What failed; empty for what was scored. */
  abstract Optional<RuntimeException> failure();

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
    Optional<RuntimeException> failure() {
      return Optional.empty();
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

    /**
     * What it threw, in a sentence of at most 500 characters; holds nothing that looks like a
     * credential.
     */
    public String problem() {
      return RowFailure.words(error);
    }

    @Override
    Optional<RuntimeException> failure() {
      return Optional.of(error);
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
     * The error and what may be done, in a sentence or two; Hone's own errors hold both. Quotes at
     * most 500 characters, and holds nothing that looks like a credential, unlike the error itself.
     */
    public String problem() {
      String words = RowFailure.words(error);
      return error instanceof HoneException
          ? words
          : words + ". Maybe the metric expects another type, or a value that is missing.";
    }

    @Override
    Optional<RuntimeException> failure() {
      return Optional.of(error);
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
   * There was no reply, after all retries: to the program, or to a judge within the metric. Does
   * not count in the score.
   *
   * @param <O> the type of the output
   */
  public static final class LmUnavailable<O> extends Outcome<O> {
    private final LmException error;
    private final @Nullable O output;

    LmUnavailable(LmException error) {
      this(error, null);
    }

    LmUnavailable(LmException error, @Nullable O output) {
      this.error = error;
      this.output = output;
    }

    /** Why there is no reply; the cause that was found where another exception holds it. */
    public LmException error() {
      return error;
    }

    /** What the program had returned, where it is the metric whose call has no reply. */
    public Optional<O> output() {
      return Optional.ofNullable(output);
    }

    @Override
    Optional<RuntimeException> failure() {
      return Optional.of(error);
    }

    @Override
    public <R> R accept(Visitor<O, R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return "LmUnavailable[" + (output == null ? "" : output + ", ") + error.getMessage() + "]";
    }
  }
}
