package dev.hone.evaluate;

import dev.hone.data.Example;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.text.Plural;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens while programs are evaluated. An evaluation starts, and finishes or fails; within
 * it, so does each example. Start and end have the same id in their stamp; an example has its
 * evaluation's id as its parent, and the steps of the program have the example's. Immutable.
 */
public abstract class EvaluationEvent implements Event {
  private final EventStamp stamp;

  EvaluationEvent(EventStamp stamp) {
    this.stamp = stamp;
  }

  @Override
  public final EventStamp stamp() {
    return stamp;
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
    R otherwise(EvaluationEvent event);

    /** An evaluation started. */
    default R visit(EvaluationStarted event) {
      return otherwise(event);
    }

    /** An evaluation finished. */
    default R visit(EvaluationFinished event) {
      return otherwise(event);
    }

    /** An evaluation failed. */
    default R visit(EvaluationFailed event) {
      return otherwise(event);
    }

    /** An example started. */
    default R visit(ExampleStarted event) {
      return otherwise(event);
    }

    /** An example finished. */
    default R visit(ExampleFinished event) {
      return otherwise(event);
    }

    /** An example failed. */
    default R visit(ExampleFailed event) {
      return otherwise(event);
    }
  }

  /** An evaluation started. */
  public static final class EvaluationStarted extends EvaluationEvent {
    private final int examples;

    EvaluationStarted(EventStamp stamp, int examples) {
      super(stamp);
      this.examples = examples;
    }

    /** The number of examples. */
    public int examples() {
      return examples;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An evaluation ended with a result. */
  public static final class EvaluationFinished extends EvaluationEvent {
    private final Evaluation<?, ?> evaluation;

    EvaluationFinished(EventStamp stamp, Evaluation<?, ?> evaluation) {
      super(stamp);
      this.evaluation = evaluation;
    }

    /** Its result. */
    public Evaluation<?, ?> evaluation() {
      return evaluation;
    }

    /** For an evaluation of its own; one that is a part of a larger run is not worth a line. */
    @Override
    public Optional<String> headline() {
      if (stamp().parentId() != 0) {
        return Optional.empty();
      }
      String score =
          evaluation.hasScore()
              ? String.format(Locale.ROOT, "score %.3f", evaluation.score())
              : "no score";
      return Optional.of(score + " on " + Plural.of(evaluation.results().size(), "example"));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An evaluation ended without a result, such as by a spent budget. */
  public static final class EvaluationFailed extends EvaluationEvent {
    private final Throwable error;

    EvaluationFailed(EventStamp stamp, Throwable error) {
      super(stamp);
      this.error = error;
    }

    /** Why there is no result. */
    public Throwable error() {
      return error;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An example started: the program runs on it, unless its outcome is known. */
  public static final class ExampleStarted extends EvaluationEvent {
    private final Example<?, ?> example;

    ExampleStarted(EventStamp stamp, Example<?, ?> example) {
      super(stamp);
      this.example = example;
    }

    /** The example. */
    public Example<?, ?> example() {
      return example;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** How far an evaluation is. */
  record Position(int done, int examples) {}

  /** An example has an outcome. */
  public static final class ExampleFinished extends EvaluationEvent {
    private final ExampleResult<?, ?> result;
    private final boolean known;
    private final Position position;

    ExampleFinished(
        EventStamp stamp, ExampleResult<?, ?> result, boolean known, Position position) {
      super(stamp);
      this.result = result;
      this.known = known;
      this.position = position;
    }

    /** What became of it. */
    public ExampleResult<?, ?> result() {
      return result;
    }

    /** Whether its outcome was known before, so that nothing was run. */
    public boolean known() {
      return known;
    }

    /** The number of examples of the evaluation that are done, this one included. */
    public int done() {
      return position.done();
    }

    /** The number of examples of the evaluation. */
    public int examples() {
      return position.examples();
    }

    @Override
    public Optional<String> headline() {
      return Optional.of(done() + " of " + examples());
    }

    @Override
    public boolean isCount() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An example has no outcome, since the evaluation ends: such as by a spent budget. */
  public static final class ExampleFailed extends EvaluationEvent {
    private final Example<?, ?> example;
    private final Throwable error;

    ExampleFailed(EventStamp stamp, Example<?, ?> example, Throwable error) {
      super(stamp);
      this.example = example;
      this.error = error;
    }

    /** The example. */
    public Example<?, ?> example() {
      return example;
    }

    /** Why there is no outcome. */
    public Throwable error() {
      return error;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
