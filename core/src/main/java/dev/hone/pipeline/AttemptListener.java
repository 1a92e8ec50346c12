package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ReplyListener;
import java.time.Duration;

/**
 * Accompanies one call: says what an answer to it is, and is notified of every attempt that one
 * call makes at the provider: the first and each retry, but not what the cache answers. After
 * {@link #beforeAttempt} returns, exactly one of {@link #afterReply} and {@link #afterFailure}
 * follows. Budgets and journals hang here. Called on the calling thread.
 */
public interface AttemptListener {
  /** Lets every attempt pass. */
  AttemptListener NONE = new AttemptListener() {};

  /** Lets every attempt pass, and tells a listener the reply. */
  static AttemptListener telling(ReplyListener listener) {
    return new AttemptListener() {
      @Override
      public ReplyListener replyListener() {
        return listener;
      }
    };
  }

  /**
   * Whether a reply is an answer to this call. One that is not is returned all the same, but never
   * cached, and passed over where a cache has it. May be asked for several replies, and on an
   * attempt's way; must not throw.
   *
   * <p>Default: what the model completed, and that says something or calls a tool. A reply that the
   * limit on tokens cut off or that was filtered is none, nor is one of thoughts only.
   *
   * @param response from the provider, a cache or an identical call
   */
  default boolean isAnswer(LmResponse response) {
    boolean whole =
        response.stopReason() != StopReason.LENGTH
            && response.stopReason() != StopReason.CONTENT_FILTER;
    return whole
        && (!response.text().isBlank()
            || response.parts().stream().anyMatch(MessagePart.ToolCall.class::isInstance));
  }

  /**
   * Who is told the reply while it arrives, on the calling thread; in one piece if it comes from a
   * cache, or an identical call that was under way. Once something was told, nothing is tried again
   * unless {@link ReplyListener#restart} allows it. Asked before every attempt. Default: nobody, so
   * that the model is asked for the whole.
   */
  default ReplyListener replyListener() {
    return ReplyListener.NONE;
  }

  /**
   * Code that runs on another thread on behalf of the call, with what this thread knows; asked on
   * the calling thread. Default: the code itself.
   */
  default Runnable onOtherThread(Runnable code) {
    return code;
  }

  /**
   * An attempt is about to go to the provider.
   *
   * @throws LmException to stop the call, fatally
   */
  default void beforeAttempt() {}

  /**
   * The attempt gave a reply.
   *
   * @param response the reply, with the tokens that it cost
   */
  default void afterReply(LmResponse response) {}

  /**
   * The attempt gave no reply; the pipeline may try again.
   *
   * @param error why; an {@link Error} of the provider, which itself passes on, is the cause of a
   *     {@link LmException.ProviderFailed}
   */
  default void afterFailure(LmException error) {}

  /**
   * This call, and others with it, wait for a model that is away, see {@link
   * RetrySettings#outageTime()}. One call tells it for all, at most once a minute.
   *
   * @param error why the last attempt gave no reply
   * @param delay how long it is to the next attempt
   */
  default void onOutage(LmException error, Duration delay) {}

  /**
   * Another model is asked from now on, see {@link LmPipeline.Builder#fallback}: the attempts that
   * follow go to it, and cost what it costs.
   *
   * @param modelId the id of the other model
   * @param error why the model that was asked before gave no reply
   */
  default void onFallback(String modelId, LmException error) {}
}
