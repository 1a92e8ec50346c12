package dev.hone.optimize;

import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens while an optimizer works: runs, stages and candidates, each with a start and an end
 * that have the same id. Evaluations and calls are parts of them, by their parents' ids. Only Hone
 * has such events, and {@code OptimizerRun} emits them for optimizers of your own, too;
 * constructors are open for tests of listeners. Match them by a {@link Visitor}, so that one more
 * breaks nothing.
 */
public abstract class OptimizerEvent implements Event {
  private final EventStamp stamp;
  private final String optimizer;

  OptimizerEvent(EventStamp stamp, String optimizer) {
    this.stamp = stamp;
    this.optimizer = optimizer;
  }

  @Override
  public EventStamp stamp() {
    return stamp;
  }

  /** The optimizer's name. */
  public String optimizer() {
    return optimizer;
  }

  /** Returns what the visitor returns for this kind of event. */
  public abstract <T> T accept(Visitor<T> visitor);

  /**
   * Takes events by their kind; {@link #otherwise} takes those that it has no method for.
   *
   * @param <T> what is made of an event
   */
  public interface Visitor<T> {
    /** An optimizer began. */
    default T visit(OptimizerStarted event) {
      return otherwise(event);
    }

    /** An optimizer ended. */
    default T visit(OptimizerFinished<?> event) {
      return otherwise(event);
    }

    /** An optimizer gave up. */
    default T visit(OptimizerFailed event) {
      return otherwise(event);
    }

    /** A stage began. */
    default T visit(StageStarted event) {
      return otherwise(event);
    }

    /** A stage ended. */
    default T visit(StageFinished event) {
      return otherwise(event);
    }

    /** The evaluation of a candidate began. */
    default T visit(CandidateStarted event) {
      return otherwise(event);
    }

    /** The evaluation of a candidate ended. */
    default T visit(CandidateFinished event) {
      return otherwise(event);
    }

    /** Any other event. */
    T otherwise(OptimizerEvent event);
  }

  /** An optimizer began. */
  public static final class OptimizerStarted extends OptimizerEvent {
    private final int trainExamples;
    private final int validationExamples;

    /** For tests of listeners. */
    public OptimizerStarted(
        EventStamp stamp, String optimizer, int trainExamples, int validationExamples) {
      super(stamp, optimizer);
      this.trainExamples = trainExamples;
      this.validationExamples = validationExamples;
    }

    /** The number of examples it may learn from. */
    public int trainExamples() {
      return trainExamples;
    }

    /** The number of examples it chooses by; 0 if it does not choose by examples of their own. */
    public int validationExamples() {
      return validationExamples;
    }

    @Override
    public Optional<String> headline() {
      return Optional.of(optimizer() + " starts");
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * An optimizer ended.
   *
   * @param <R> the type of its report
   */
  public static final class OptimizerFinished<R extends OptimizationReport> extends OptimizerEvent {
    private final R report;

    /** For tests of listeners. */
    public OptimizerFinished(EventStamp stamp, String optimizer, R report) {
      super(stamp, optimizer);
      this.report = report;
    }

    /** Its report. */
    public R report() {
      return report;
    }

    @Override
    public Optional<String> headline() {
      return Optional.of(optimizer() + " is done");
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** An optimizer gave up; the error goes to its caller. */
  public static final class OptimizerFailed extends OptimizerEvent {
    private final Throwable error;

    /** For tests of listeners. */
    public OptimizerFailed(EventStamp stamp, String optimizer, Throwable error) {
      super(stamp, optimizer);
      this.error = error;
    }

    /** Why. */
    public Throwable error() {
      return error;
    }

    @Override
    public Optional<String> headline() {
      return Optional.of(optimizer() + " failed: " + error.getClass().getSimpleName());
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** A stage began. */
  public static final class StageStarted extends OptimizerEvent {
    private final String stage;
    private final String detail;

    /** For tests of listeners. */
    public StageStarted(EventStamp stamp, String optimizer, String stage, String detail) {
      super(stamp, optimizer);
      this.stage = stage;
      this.detail = detail;
    }

    /** The stage's name, such as {@code bootstrap}. */
    public String stage() {
      return stage;
    }

    /** What it will do, in a phrase. */
    public String detail() {
      return detail;
    }

    @Override
    public Optional<String> headline() {
      return Optional.of(stage + ": " + detail);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** A stage ended, also where it failed. */
  public static final class StageFinished extends OptimizerEvent {
    private final String stage;
    private final String detail;

    /** For tests of listeners. */
    public StageFinished(EventStamp stamp, String optimizer, String stage, String detail) {
      super(stamp, optimizer);
      this.stage = stage;
      this.detail = detail;
    }

    /** The stage's name. */
    public String stage() {
      return stage;
    }

    /** What it gave, or why it stopped, in a phrase. */
    public String detail() {
      return detail;
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of(stage + " ended: " + detail);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** The evaluation of a candidate program began. */
  public static final class CandidateStarted extends OptimizerEvent {
    private final String candidate;

    /** For tests of listeners. */
    public CandidateStarted(EventStamp stamp, String optimizer, String candidate) {
      super(stamp, optimizer);
      this.candidate = candidate;
    }

    /** What it is, in a phrase. */
    public String candidate() {
      return candidate;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** The evaluation of a candidate program ended, also where it failed. */
  public static final class CandidateFinished extends OptimizerEvent {
    private final String candidate;
    private final Optional<StateScore> score;

    /** For tests of listeners. */
    public CandidateFinished(
        EventStamp stamp, String optimizer, String candidate, Optional<StateScore> score) {
      super(stamp, optimizer);
      this.candidate = candidate;
      this.score = score;
    }

    /** What it is, in a phrase. */
    public String candidate() {
      return candidate;
    }

    /** What it scored on all examples that the optimizer chooses by; empty if it has no score. */
    public Optional<StateScore> score() {
      return score;
    }

    @Override
    public Optional<String> headline() {
      return score.map(s -> String.format(Locale.ROOT, "%.3f %s", s.scoreMean(), candidate));
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }
}
