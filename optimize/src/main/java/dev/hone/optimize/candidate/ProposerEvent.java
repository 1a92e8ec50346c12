package dev.hone.optimize.candidate;

import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import java.util.Locale;
import java.util.Optional;

/**
 * What the proposer does, step by step; the start and the end of a step have the same id. Only Hone
 * has such events; constructors are open for tests of listeners. Match them by a {@link Visitor},
 * so that one more breaks nothing.
 */
public abstract class ProposerEvent implements Event {
  private final EventStamp stamp;
  private final Step step;
  private final String predictor;

  ProposerEvent(EventStamp stamp, Step step, String predictor) {
    this.stamp = stamp;
    this.step = step;
    this.predictor = predictor;
  }

  /** The steps of the proposer. */
  public enum Step {
    /** The summary of the dataset. */
    DATASET_SUMMARY,
    /** The description of the program. */
    PROGRAM_DESCRIPTION,
    /** One instruction. */
    INSTRUCTION,
    /** The descriptions of a predictor's tools. */
    TOOL_DESCRIPTIONS
  }

  @Override
  public EventStamp stamp() {
    return stamp;
  }

  /** What the step is. */
  public Step step() {
    return step;
  }

  /** The predictor it is for; empty for the whole program. */
  public String predictor() {
    return predictor;
  }

  /** Returns what the visitor returns for this kind of event. */
  public abstract <T> T accept(Visitor<T> visitor);

  /**
   * Takes events by their kind; {@link #otherwise} takes those that it has no method for.
   *
   * @param <T> what is made of an event
   */
  public interface Visitor<T> {
    /** A step began. */
    default T visit(StepStarted event) {
      return otherwise(event);
    }

    /** A step ended. */
    default T visit(StepFinished event) {
      return otherwise(event);
    }

    /** Any other event. */
    T otherwise(ProposerEvent event);
  }

  /** A step began. */
  public static final class StepStarted extends ProposerEvent {
    /** For tests of listeners. */
    public StepStarted(EventStamp stamp, Step step, String predictor) {
      super(stamp, step, predictor);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** A step ended, also where it failed. */
  public static final class StepFinished extends ProposerEvent {
    private final boolean succeeded;
    private final String detail;

    private StepFinished(
        EventStamp stamp, Step step, String predictor, boolean succeeded, String detail) {
      super(stamp, step, predictor);
      this.succeeded = succeeded;
      this.detail = detail;
    }

    /** The end of a step that gave a text. */
    public static StepFinished succeeded(
        EventStamp stamp, Step step, String predictor, String text) {
      return new StepFinished(stamp, step, predictor, true, text);
    }

    /** The end of a step that failed. */
    public static StepFinished failed(
        EventStamp stamp, Step step, String predictor, String problem) {
      return new StepFinished(stamp, step, predictor, false, problem);
    }

    /** Whether it gave something. */
    public boolean succeeded() {
      return succeeded;
    }

    /** What it gave, or why it failed. */
    public String detail() {
      return detail;
    }

    @Override
    public Optional<String> logLine() {
      String what = step().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return Optional.of(
          "%s%s: %s%s"
              .formatted(
                  what,
                  predictor().isEmpty() ? "" : " for " + predictor(),
                  succeeded ? "" : "failed: ",
                  detail));
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }
}
