package dev.hone.tool;

import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.text.Excerpt;
import dev.hone.text.Redaction;
import java.util.Optional;

/**
 * What happens to calls of tools: a call starts, and ends in a {@link ToolOutcome}; one that is not
 * made, since it was denied or cannot be, only ends. Start and end have the same id in their stamp,
 * which is the parent's id of what the tool does itself. Immutable.
 */
public abstract class ToolEvent implements Event {
  private static final int SHOWN = 200;

  private final EventStamp stamp;
  private final ToolCall call;

  ToolEvent(EventStamp stamp, ToolCall call) {
    this.stamp = stamp;
    this.call = call;
  }

  @Override
  public final EventStamp stamp() {
    return stamp;
  }

  /** The call, as the model made it. */
  public final ToolCall call() {
    return call;
  }

  /** Returns what the visitor returns for this kind of event. */
  public abstract <R> R accept(Visitor<R> visitor);

  private static String shown(String text) {
    return Redaction.of(Excerpt.ofLine(text, SHOWN));
  }

  /**
   * Distinguishes the kinds of events. Further kinds go to {@link #otherwise} until they are
   * overridden.
   *
   * @param <R> what it gives
   */
  public interface Visitor<R> {
    /** Any kind that is not overridden. */
    R otherwise(ToolEvent event);

    /** A call started. */
    default R visit(CallStarted event) {
      return otherwise(event);
    }

    /** A call ended, or was not made. */
    default R visit(CallEnded event) {
      return otherwise(event);
    }
  }

  /** A tool starts to run. */
  public static final class CallStarted extends ToolEvent {
    CallStarted(EventStamp stamp, ToolCall call) {
      super(stamp, call);
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of(
          "tool %s called with %s".formatted(call().name(), shown(call().arguments())));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A call ended: with a result, in an error, cancelled, or before it was made. */
  public static final class CallEnded extends ToolEvent {
    private final ToolOutcome outcome;

    CallEnded(EventStamp stamp, ToolOutcome outcome) {
      super(stamp, outcome.call());
      this.outcome = outcome;
    }

    /** What became of it. */
    public ToolOutcome outcome() {
      return outcome;
    }

    @Override
    public Optional<String> logLine() {
      String kind = outcome.status().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      return Optional.of(
          "tool %s %s in %d ms: %s"
              .formatted(
                  call().name(),
                  kind,
                  outcome.duration().toMillis(),
                  shown(outcome.result().text())));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
