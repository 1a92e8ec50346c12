package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.flow.Deadline;
import dev.hone.pipeline.flow.FlowTime;
import java.time.Duration;

/**
 * Sets when a call must be over; the steps below keep to it, and find it at the listener that
 * accompanies the call.
 */
final class DeadlineStep implements PipelineStep {
  private final PipelineStep next;
  private final Duration duration;
  private final FlowTime time;

  DeadlineStep(PipelineStep next, Duration duration, FlowTime time) {
    this.next = next;
    this.duration = duration;
    this.time = time;
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    Deadline own = Deadline.after(time, duration);
    boolean earlier =
        of(listener).atNanos() <= own.atNanos(); // of the model that this stands in for
    return next.call(request, earlier ? listener : new Timed(listener, own));
  }

  /** When a call must be over. */
  static Deadline of(AttemptListener listener) {
    return listener instanceof Timed timed ? timed.deadline() : Deadline.NONE;
  }

  /** A listener that knows the deadline of its call. */
  private record Timed(AttemptListener listener, Deadline deadline) implements AttemptListener {
    @Override
    public boolean isAnswer(LmResponse response) {
      return listener.isAnswer(response);
    }

    @Override
    public ReplyListener replyListener() {
      return listener.replyListener();
    }

    @Override
    public Runnable onOtherThread(Runnable code) {
      return listener.onOtherThread(code);
    }

    @Override
    public void beforeAttempt() {
      listener.beforeAttempt();
    }

    @Override
    public void afterReply(LmResponse response) {
      listener.afterReply(response);
    }

    @Override
    public void afterFailure(LmException error) {
      listener.afterFailure(error);
    }

    @Override
    public void onOutage(LmException error, Duration delay) {
      listener.onOutage(error, delay);
    }

    @Override
    public void onFallback(String modelId, LmException error) {
      listener.onFallback(modelId, error);
    }
  }
}
