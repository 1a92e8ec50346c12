package dev.hone.replay;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.AttemptListener;
import dev.hone.pipeline.LmPipeline;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a run that is recorded: answered as it was at an earlier time that the run was made, or
 * made now, and recorded. Above the cache, so that a reply of a cache is recorded, too. Used once,
 * on one thread.
 */
public final class RecordableCall implements AttemptListener {
  private final LmPipeline model;
  private final LmRequest request;
  private final Caller listener;
  private final List<LmException> failedAttempts = new ArrayList<>(0);
  private @Nullable String fallbackId;

  /** Who makes the call; is notified of attempts that are made now. */
  public interface Caller extends AttemptListener {
    /** The call was made at an earlier time, when this became of it. */
    void replayed(CallOutcome outcome);

    /**
     * What a reply that came now cost in US dollars, as far as that is known, as it is recorded.
     */
    BigDecimal paidUsd(LmResponse response);

    /** The call, made now, took a time, as it is recorded. */
    void took(Duration duration);
  }

  /** A call that is not made yet. */
  public RecordableCall(LmPipeline model, LmRequest request, Caller listener) {
    this.model = model;
    this.request = request;
    this.listener = listener;
  }

  /**
   * Gives what became of it, then or now.
   *
   * @throws LmException if there is no reply, or it cannot be recorded
   */
  public LmResponse run(CallRecorder recorder, CallPlace place) {
    CallRecorder.Entry entry = recorder.open(model.requestKey(request), place);
    Optional<CallOutcome> known = entry.known();
    if (known.isPresent()) {
      listener.replayed(known.get());
      known.get().response().ifPresent(response -> response.tell(listener.replyListener()));
      return known.get().response().orElseThrow(() -> known.get().error().orElseThrow());
    }
    // What the cache knew at the earlier time it is to know now; what was no answer, it did not.
    entry
        .paidElsewhere()
        .filter(this::isAnswer)
        .ifPresent(response -> model.keep(request, response));
    return made(entry);
  }

  private LmResponse made(CallRecorder.Entry entry) {
    long startNanos = System.nanoTime();
    LmResponse response;
    try {
      response = model.call(request, this);
    } catch (LmException e) {
      entry.end(CallOutcome.failed(e, failedAttempts, since(startNanos)).withFallback(fallbackId));
      throw e;
    } catch (Throwable e) {
      entry.drop();
      throw e;
    }
    entry.end(
        CallOutcome.answered(response, failedAttempts, since(startNanos))
            .withFallback(fallbackId)
            .withPaidUsd(listener.paidUsd(response)));
    return response;
  }

  private Duration since(long startNanos) {
    Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
    listener.took(duration);
    return duration;
  }

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
  public void onOutage(LmException error, Duration delay) {
    listener.onOutage(error, delay);
  }

  @Override
  public void onFallback(String modelId, LmException error) {
    fallbackId = modelId;
    listener.onFallback(modelId, error);
  }

  @Override
  public void afterFailure(LmException error) {
    failedAttempts.add(error);
    listener.afterFailure(error);
  }
}
