package dev.hone.tool;

import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import java.time.Duration;
import java.util.List;

/**
 * What became of one call. Immutable.
 *
 * @param call the call, as the model made it
 * @param status how it ended
 * @param result what the model is told: the tool's result, or what went wrong and how to go on
 * @param duration how long the tool ran; zero if it did not
 */
public record ToolOutcome(ToolCall call, Status status, ToolResult result, Duration duration) {
  /** How a call ended. */
  public enum Status {
    /** The tool returned a result. */
    ANSWERED,
    /** The tool threw something. */
    FAILED,
    /** The tool took too long, and was cancelled. */
    TIMED_OUT,
    /** A permission or an interceptor did not allow it; the tool did not run. */
    DENIED,
    /** The tool had been called as often as it may be; it did not run. */
    LIMIT_REACHED,
    /** The arguments did not fit; the tool did not run, unless its record refused them. */
    BAD_ARGUMENTS,
    /** There is no tool of that name. */
    UNKNOWN_TOOL
  }

  /** Whether the tool returned a result. */
  public boolean isAnswer() {
    return status == Status.ANSWERED;
  }

  /** The images that the tool returned, which are part of the result. */
  public List<MessagePart.Image> images() {
    return result.images();
  }
}
