package dev.hone.program;

import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens to programs, and inside them: one that runs on its own starts, and answers or fails;
 * so does a predictor, and that is one step; an output does not pass a check. Start and end have
 * the same id in their stamp, which is the parent's id of what happens in between. Immutable.
 */
public abstract class ProgramEvent implements Event {
  private final EventStamp stamp;
  private final String predictor;

  ProgramEvent(EventStamp stamp, String predictor) {
    this.stamp = stamp;
    this.predictor = predictor;
  }

  @Override
  public final EventStamp stamp() {
    return stamp;
  }

  /** The predictor's name; empty if it was called on its own, and where it is of a program. */
  public final String predictor() {
    return predictor;
  }

  /** Returns what the visitor returns for this kind of event. */
  public abstract <R> R accept(Visitor<R> visitor);

  /**
   * Distinguishes the kinds of events. Further kinds go to {@link #otherwise} until they are
   * overridden.
   *
   * @param <R> what it gives
   */
  public interface Visitor<R> {
    /** Any kind that is not overridden. */
    R otherwise(ProgramEvent event);

    /** A program started. */
    default R visit(ProgramStarted event) {
      return otherwise(event);
    }

    /** A program answered. */
    default R visit(ProgramAnswered event) {
      return otherwise(event);
    }

    /** A program failed. */
    default R visit(ProgramFailed event) {
      return otherwise(event);
    }

    /** A predictor started. */
    default R visit(PredictorStarted event) {
      return otherwise(event);
    }

    /** A predictor answered. */
    default R visit(PredictorAnswered event) {
      return otherwise(event);
    }

    /** A predictor failed. */
    default R visit(PredictorFailed event) {
      return otherwise(event);
    }

    /** An output did not pass a check. */
    default R visit(CheckFailed event) {
      return otherwise(event);
    }
  }

  /**
   * A compiled or streamed program of several predictors started, within no other work such as an
   * evaluation.
   */
  public static final class ProgramStarted extends ProgramEvent {
    private final String program;

    ProgramStarted(EventStamp stamp, String program) {
      super(stamp, "");
      this.program = program;
    }

    /** The name of its class. */
    public String program() {
      return program;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A program answered. */
  public static final class ProgramAnswered extends ProgramEvent {
    ProgramAnswered(EventStamp stamp) {
      super(stamp, "");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A program failed. */
  public static final class ProgramFailed extends ProgramEvent {
    private final Throwable error;

    ProgramFailed(EventStamp stamp, Throwable error) {
      super(stamp, "");
      this.error = error;
    }

    /** What the caller of the program gets. */
    public Throwable error() {
      return error;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A predictor started. */
  public static final class PredictorStarted extends ProgramEvent {
    private final ObjectNode inputs;

    PredictorStarted(EventStamp stamp, String predictor, ObjectNode inputs) {
      super(stamp, predictor);
      this.inputs = inputs;
    }

    /** The input fields' values; never changed. */
    public ObjectNode inputs() {
      return inputs;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A predictor answered. */
  public static final class PredictorAnswered extends ProgramEvent {
    private final TraceStep step;

    PredictorAnswered(EventStamp stamp, String predictor, TraceStep step) {
      super(stamp, predictor);
      this.step = step;
    }

    /** Its input, output and attempts. */
    public TraceStep step() {
      return step;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A predictor gave no output: no reply could be read, or there was none. */
  public static final class PredictorFailed extends ProgramEvent {
    private final List<Attempt> attempts;
    private final Throwable error;

    PredictorFailed(EventStamp stamp, String predictor, List<Attempt> attempts, Throwable error) {
      super(stamp, predictor);
      this.attempts = List.copyOf(attempts);
      this.error = error;
    }

    /** Every reply, in order; empty if there was none. */
    public List<Attempt> attempts() {
      return attempts;
    }

    /** What the caller of the predictor gets. */
    public Throwable error() {
      return error;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An output of a program did not pass a check; of a check, the predictor's name is empty. */
  public static final class CheckFailed extends ProgramEvent {
    private final String check;
    private final String message;
    private final int tryNumber;

    CheckFailed(EventStamp stamp, String check, String message, int tryNumber) {
      super(stamp, "");
      this.check = check;
      this.message = message;
      this.tryNumber = tryNumber;
    }

    /** The check's name: its message, or the name that it was given. */
    public String check() {
      return check;
    }

    /** What is wrong with the output, as the next try is told. */
    public String message() {
      return message;
    }

    /** Which try it was, from 1. */
    public int tryNumber() {
      return tryNumber;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
